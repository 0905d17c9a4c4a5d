import { activities, activityInfo, workflow } from 'crashwise/engine';
import { durable, type ServiceClients } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { effect } from '../services/effect.js';
import { kept, payments } from '../services/payments.js';
import { scenarioOf } from '../services/scenario-of.js';

const services = { payments };

const toActivities =
  (repaired: boolean) =>
  ({ payments: api }: ServiceClients<typeof services>) => ({
    charge: (key: string) => api.charge({ key, amount: 49 }),
    async refund(of: string) {
      const refunded = api.refund({ of, key: activityInfo().idempotencyKey });
      if (repaired) await refunded;
    },
  });
const { charge, refund } = activities<ReturnType<ReturnType<typeof toActivities>>>();

const order = workflow('order', async (key: string) => {
  await charge(key);
  await refund(key); // There is nothing left to deliver.
});

/** The refund is started, and nobody waits for it. */
const flow = (repaired: boolean) =>
  scenarioOf({
    title: 'charge, then pay back',
    services,
    steps: [
      effect('payments.charge', 'exactly-once', 'charged-once'),
      effect('payments.refund', 'at-most-once', 'refunded-once'),
    ],
    goal: { property: 'refused-means-refunded', reached: (world) => kept(world.payments) === 0 },
    pattern: durable({ workflow: order, activities: toActivities(repaired), start: { id: 'o1', input: 'o1' } }),
  });

export default defineBug({
  id: 'refund-not-awaited',
  family: 'compensation',
  pattern: 'durable',
  measure: 'a compensation is waited for',
  fault: 'crash',
  crashes: 1,
  faults: 0,
  workers: 1,
  parallel: false,
  breaks: 'refused-means-refunded',
  invisibleAtEnd: false,
  retells: {
    what: 'booking 39: a refund that is started and forgotten',
    url: 'https://github.com/hoangdaochuz/booking/issues/39',
  },
  search: {},
  buggy: flow(false),
  repaired: flow(true),
});
