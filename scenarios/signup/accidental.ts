import type { AccidentalApp, AccidentalTools } from 'crashwise/simulator';
import type { services } from './services.js';
import type { SignupInput } from './workflow.js';

const HOUR_MS = 3_600_000;

type Row = { email: string; customer: string; status: 'created' | 'charged' | 'provisioned' | 'welcomed' };

/** The job that brings a row on from its status. */
const nextJob = { charged: 'provision', provisioned: 'welcome' } as Record<Row['status'], string>;

/** The signup as it grows by itself: a handler, two job workers, a status column and a sweeper. */
export function signupApp(tools: AccidentalTools<typeof services>): AccidentalApp<SignupInput & { id: string }> {
  const { queue, randomUUID } = tools;
  const { cards, workspaces, mail } = tools.services;
  const signups = tools.table<Row>('signups');

  return {
    async post({ id, email, plan }) {
      const row = await signups.findOrCreate(id, { email, customer: '', status: 'created' });
      if (row.status !== 'created') return; // Asked again after the charge: the rest is on its way.
      let { customer } = row;
      if (customer === '') {
        customer = await retry(() => cards.createCustomer({ email, key: `customer:${row.id}` }));
        await signups.update(row.id, { customer });
      }
      const key = randomUUID(); // One key for all tries of the retry helper.
      await retry(() => cards.charge({ customer, amount: plan.amount, key }));
      await signups.update(row.id, { status: 'charged' });
      await queue.add('provision', { id: row.id });
    },

    jobs: {
      async provision({ id }) {
        const row = await signups.get(id);
        if (row?.status !== 'charged') return;
        await workspaces.create({ name: row.customer }); // A second one of this name is refused, which is fine.
        await signups.update(id, { status: 'provisioned' });
        await queue.add('welcome', { id });
      },
      async welcome({ id }) {
        const row = await signups.get(id);
        if (row?.status !== 'provisioned') return;
        await mail.send({ to: row.email, text: `Your workspace: https://${row.customer}.example` });
        await signups.update(id, { status: 'welcomed' });
      },
    },

    async sweep() {
      const stuck = await signups.where({ status: ['charged'], olderThanMs: HOUR_MS });
      for (const row of stuck) await queue.add(nextJob[row.status], { id: row.id });
    },
  };
}

/** Covers an error of the network, and nothing that kills the process. */
async function retry<T>(call: () => Promise<T>, attempts = 3): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      if (attempt === attempts) throw error;
    }
  }
}
