import { statusColumn } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { effect } from '../services/effect.js';
import { kept, payments } from '../services/payments.js';
import { register } from '../services/register.js';
import { scenarioOf } from '../services/scenario-of.js';

const services = { payments, register };

/** A charge that was cut off is paid back. A payback that was cut off belongs to somebody else, it thinks. */
const flow = (repaired: boolean) =>
  scenarioOf({
    title: 'charge and deliver, or pay back',
    services,
    steps: [
      effect('payments.charge', 'at-most-once', 'charged-once'),
      effect('payments.refund', 'at-most-once', 'refunded-once'),
      effect('register.add', 'at-most-once', 'delivered-once'),
    ],
    goal: {
      property: 'paid-means-delivered',
      reached: (world) => kept(world.payments) === world.register.entries.length,
    },
    pattern: statusColumn<typeof services>({
      messages: [{ name: 'order', data: { id: 'o1' } }],
      initial: 'new',
      jobs: ({ services: { payments: api, register: parcels }, status }) => ({
        async order({ id }) {
          const found = await status.get(id);
          if (found === 'charging' || (found === 'undoing' && repaired)) {
            await status.set(id, 'charging', 'undoing');
            await api.refund({ of: id, key: `${id}/refund` });
            await status.set(id, 'undoing', 'undone');
          }
          if (found === 'new') {
            await status.set(id, 'new', 'charging');
            await api.charge({ key: id, amount: 49 });
            await status.set(id, 'charging', 'charged');
          }
          if (found === 'new' || found === 'charged') {
            await parcels.add({ id, unique: true });
            await status.set(id, 'charged', 'done');
          }
        },
      }),
    }),
  });

export default defineBug({
  id: 'undoing-is-not-resumed',
  family: 'compensation',
  pattern: 'status-column',
  measure: 'a compensation can be resumed',
  fault: 'crash',
  crashes: 2,
  faults: 0,
  workers: 1,
  parallel: false,
  breaks: 'paid-means-delivered',
  invisibleAtEnd: false,
  retells: {
    what: 'CREB (FSE 2018): crash recovery bugs, of which many need a second crash during recovery',
    url: 'https://dl.acm.org/doi/10.1145/3236024.3236030',
  },
  search: {},
  buggy: flow(false),
  repaired: flow(true),
});
