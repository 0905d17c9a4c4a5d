import { activities, activityInfo, workflow } from 'crashwise/engine';
import { durable, type ServiceClients } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { effect } from '../services/effect.js';
import { payments } from '../services/payments.js';
import { register } from '../services/register.js';
import { scenarioOf } from '../services/scenario-of.js';

const services = { payments, register };

const toActivities = ({ payments: api, register: stock }: ServiceClients<typeof services>) => ({
  charge: (key: string) => api.charge({ key, amount: 49 }),
  refund: (of: string) => api.refund({ of, key: activityInfo().idempotencyKey }),
  release: (id: string) => stock.add({ id, unique: true }),
});
const { charge } = activities<ReturnType<typeof toActivities>>();

const order = (repaired: boolean) => {
  const { refund, release } = activities<ReturnType<typeof toActivities>>({
    retry: repaired ? {} : { maximumAttempts: 2 },
  });
  return workflow('order', async (id: string) => {
    await charge(id);
    await Promise.allSettled([refund(id), release(id)]); // Whatever fails, the other one goes on.
  });
};

/** Compensations run side by side, and each is given up after two tries. */
const flow = (repaired: boolean) =>
  scenarioOf({
    title: 'charge, then pay back and release the stock',
    services,
    steps: [
      effect('payments.charge', 'exactly-once', 'charged-once'),
      effect('payments.refund', 'exactly-once', 'taken-back'),
      effect('register.add', 'exactly-once', 'taken-back'),
    ],
    pattern: durable({ workflow: order(repaired), activities: toActivities, start: { id: 'o1', input: 'o1' } }),
  });

export default defineBug({
  id: 'compensation-gives-up',
  family: 'compensation',
  pattern: 'durable',
  measure: 'a compensation is tried until it is done',
  fault: 'error',
  crashes: 0,
  faults: 2,
  workers: 1,
  parallel: true,
  breaks: 'taken-back',
  invisibleAtEnd: false,
  retells: {
    what: 'Cadence Java 340: compensations side by side, and what becomes of their errors',
    url: 'https://github.com/cadence-workflow/cadence-java-client/pull/340',
  },
  search: { faults: ['error'], maxFaults: 2 },
  buggy: flow(false),
  repaired: flow(true),
});
