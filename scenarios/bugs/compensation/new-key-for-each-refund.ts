import { activities, activityInfo, workflow } from 'crashwise/engine';
import { durable, type ServiceClients } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { effect } from '../services/effect.js';
import { payments } from '../services/payments.js';
import { scenarioOf } from '../services/scenario-of.js';

const services = { payments };

const toActivities =
  (repaired: boolean) =>
  ({ payments: api }: ServiceClients<typeof services>) => ({
    charge: (key: string) => api.charge({ key, amount: 49 }),
    refund(of: string) {
      const { idempotencyKey, attempt } = activityInfo();
      return api.refund({ of, key: repaired ? idempotencyKey : `${idempotencyKey}/${attempt}` });
    },
  });
const { charge, refund } = activities<ReturnType<ReturnType<typeof toActivities>>>();

const order = workflow('order', async (key: string) => {
  await charge(key);
  await refund(key);
});

/** A refund that failed is deleted and made anew, so its next try has another key. */
const flow = (repaired: boolean) =>
  scenarioOf({
    title: 'charge, then pay back',
    services,
    steps: [
      effect('payments.charge', 'exactly-once', 'charged-once'),
      effect('payments.refund', 'exactly-once', 'refunded-once'),
    ],
    pattern: durable({ workflow: order, activities: toActivities(repaired), start: { id: 'o1', input: 'o1' } }),
  });

export default defineBug({
  id: 'new-key-for-each-refund',
  family: 'compensation',
  pattern: 'durable',
  measure: 'one key for all tries of a compensation',
  fault: 'timeout-after',
  crashes: 0,
  faults: 1,
  workers: 1,
  parallel: false,
  breaks: 'refunded-once',
  invisibleAtEnd: false,
  retells: {
    what: 'Medusa 16681: a refund is tried again with another idempotency key',
    url: 'https://github.com/medusajs/medusa/issues/16681',
  },
  search: { faults: ['timeout-after'], maxFaults: 1 },
  buggy: flow(false),
  repaired: flow(true),
});
