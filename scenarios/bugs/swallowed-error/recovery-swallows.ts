import { accidental } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { effect } from '../services/effect.js';
import { payments } from '../services/payments.js';
import { scenarioOf } from '../services/scenario-of.js';

const HOUR_MS = 3_600_000;
const services = { payments };

/** Recovery goes over the rows that were left behind. One that fails then is logged, and is left behind for good. */
const flow = (repaired: boolean) =>
  scenarioOf({
    title: 'charge; what a crash has left is charged by the recovery',
    services,
    steps: [effect('payments.charge', 'exactly-once', 'charged-once')],
    pattern: accidental<typeof services, object>({
      request: { id: 'o1' },
      stuckAfterMs: HOUR_MS,
      sweepEveryMs: HOUR_MS,
      app({ table, services: { payments: api } }) {
        const orders = table<{ status: string }>('orders');
        const charge = async (id: string): Promise<void> => {
          await api.charge({ key: id, amount: 49 });
          await orders.update(id, { status: 'done' });
        };
        return {
          jobs: {},
          async post() {
            if (await orders.get('o1')) return; // Accepted before: the recovery will see to it.
            await orders.findOrCreate('o1', { status: 'pending' });
            await charge('o1');
          },
          async sweep() {
            for (const { id } of await orders.where({ status: ['pending'], olderThanMs: HOUR_MS })) {
              await charge(id).catch(() => (repaired ? undefined : orders.update(id, { status: 'failed' })));
            }
          },
        };
      },
    }),
  });

export default defineBug({
  id: 'recovery-swallows',
  family: 'swallowed-error',
  pattern: 'accidental',
  measure: 'recovery tries again what failed',
  fault: 'error',
  crashes: 1,
  faults: 1,
  workers: 1,
  parallel: false,
  breaks: 'charged-once',
  invisibleAtEnd: false,
  retells: {
    what: 'DBOS Python 716: a database that restarts during recovery strands workflows for ever',
    url: 'https://github.com/dbos-inc/dbos-transact-py/issues/716',
  },
  search: { faults: ['error'], maxFaults: 1 },
  buggy: flow(false),
  repaired: flow(true),
});
