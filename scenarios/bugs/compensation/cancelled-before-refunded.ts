import { statusColumn } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { effect } from '../services/effect.js';
import { kept, payments } from '../services/payments.js';
import { scenarioOf } from '../services/scenario-of.js';

const services = { payments };

/** The order is written down as cancelled, and the money is paid back after that. */
const flow = (repaired: boolean) =>
  scenarioOf({
    title: 'charge, then cancel and pay back',
    services,
    steps: [
      effect('payments.charge', 'exactly-once', 'charged-once'),
      effect('payments.refund', 'at-most-once', 'refunded-once'),
    ],
    goal: { property: 'refused-means-refunded', reached: (world) => kept(world.payments) === 0 },
    pattern: statusColumn<typeof services>({
      messages: [{ name: 'order', data: { id: 'o1' } }],
      initial: 'new',
      jobs: ({ services: { payments: api }, status }) => ({
        async order({ id }) {
          if ((await status.get(id)) !== 'new') return;
          await api.charge({ key: id, amount: 49 });
          const refund = () => api.refund({ of: id, key: `${id}/refund` });
          const record = () => status.set(id, 'new', 'cancelled');
          for (const step of repaired ? [refund, record] : [record, refund]) await step();
        },
      }),
    }),
  });

export default defineBug({
  id: 'cancelled-before-refunded',
  family: 'compensation',
  pattern: 'status-column',
  measure: 'a compensation before its record',
  fault: 'crash',
  crashes: 1,
  faults: 0,
  workers: 1,
  parallel: false,
  breaks: 'refused-means-refunded',
  invisibleAtEnd: false,
  retells: {
    what: 'booking 23: a compensation counts as done, whatever came of it',
    url: 'https://github.com/hoangdaochuz/booking/issues/23',
  },
  search: {},
  buggy: flow(false),
  repaired: flow(true),
});
