import { accidental } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { deployments } from '../services/deployments.js';
import { payments } from '../services/payments.js';
import { effect } from '../services/effect.js';
import { scenarioOf } from '../services/scenario-of.js';

const HOUR_MS = 3_600_000;
const services = { payments };

const version = (own: number, recovers: (version: number) => boolean) =>
  accidental<typeof services, object>({
    request: { id: 'o1' },
    stuckAfterMs: HOUR_MS,
    sweepEveryMs: HOUR_MS,
    app({ table, services: { payments: api } }) {
      const orders = table<{ status: string; version: number }>('orders');
      const charge = async (id: string): Promise<void> => {
        await api.charge({ key: id, amount: 49 });
        await orders.update(id, { status: 'done' });
      };
      return {
        jobs: {},
        async post() {
          if (await orders.get('o1')) return; // Accepted before: the recovery will see to it.
          await orders.findOrCreate('o1', { status: 'pending', version: own });
          await charge('o1');
        },
        async sweep() {
          const stuck = await orders.where({ status: ['pending'], olderThanMs: HOUR_MS });
          for (const row of stuck) if (recovers(row.version)) await charge(row.id);
        },
      };
    },
  });

/** Recovery takes the rows of its own version. Those of the version before wait for a process that is no more. */
const flow = (repaired: boolean) =>
  scenarioOf({
    title: 'charge; what a crash has left is charged by the recovery',
    services,
    steps: [effect('payments.charge', 'exactly-once', 'charged-once')],
    pattern: deployments(
      version(1, () => true),
      version(2, (other) => repaired || other === 2),
    ),
  });

export default defineBug({
  id: 'recovers-its-own-version',
  family: 'versioning',
  pattern: 'accidental',
  measure: 'recovery of rows of all versions',
  fault: 'crash',
  crashes: 1,
  faults: 0,
  workers: 1,
  parallel: false,
  breaks: 'charged-once',
  invisibleAtEnd: false,
  retells: {
    what: 'druks 619: runs that are parked across an upgrade are never recovered',
    url: 'https://github.com/czpython/druks/issues/619',
  },
  search: {},
  buggy: flow(false),
  repaired: flow(true),
});
