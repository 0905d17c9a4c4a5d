import { activities, ActivityFailure, activityInfo, workflow } from 'crashwise/engine';
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
    undo: (of: string) => (repaired ? api.cancel({ of }) : api.refund({ of, key: activityInfo().idempotencyKey })),
  });
const { charge } = activities<ReturnType<ReturnType<typeof toActivities>>>({ retry: { maximumAttempts: 1 } });
const { undo } = activities<ReturnType<ReturnType<typeof toActivities>>>();

const order = workflow('order', async (key: string) => {
  try {
    await charge(key);
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
  }
  await undo(key); // There is nothing left to deliver.
});

/** The compensation overtakes its step: it finds nothing to take back, and then the charge arrives. */
const flow = (repaired: boolean) =>
  scenarioOf({
    title: 'charge, then take it back',
    services,
    steps: [effect('payments.charge', 'at-most-once', 'charged-once')],
    goal: { property: 'refused-means-refunded', reached: (world) => kept(world.payments) === 0 },
    pattern: durable({ workflow: order, activities: toActivities(repaired), start: { id: 'o1', input: 'o1' } }),
  });

export default defineBug({
  id: 'undone-before-it-was-done',
  family: 'compensation',
  pattern: 'durable',
  measure: 'what was cancelled stays cancelled',
  fault: 'late',
  crashes: 0,
  faults: 1,
  workers: 1,
  parallel: false,
  breaks: 'refused-means-refunded',
  invisibleAtEnd: false,
  retells: {
    what: 'ServiceComb Pack 346: a compensation is invoked before its step',
    url: 'https://github.com/apache/servicecomb-pack/issues/346',
  },
  search: { faults: ['late'], maxFaults: 1 },
  buggy: flow(false),
  repaired: flow(true),
});
