import { activities, ActivityFailure, activityInfo, workflow } from 'crashwise/engine';
import { durable, type ServiceClients } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { effect } from '../services/effect.js';
import { kept, payments } from '../services/payments.js';
import { scenarioOf } from '../services/scenario-of.js';

const services = { payments };

const toActivities = ({ payments: api }: ServiceClients<typeof services>) => ({
  charge: (key: string) => api.charge({ key, amount: 49 }),
  refund: (of: string) => api.refund({ of, key: activityInfo().idempotencyKey }),
});
const { charge } = activities<ReturnType<typeof toActivities>>({ retry: { maximumAttempts: 1 } });
const { refund } = activities<ReturnType<typeof toActivities>>();

const order = (repaired: boolean) =>
  workflow('order', async (key: string) => {
    const undo: (() => Promise<unknown>)[] = [];
    try {
      if (repaired) undo.push(() => refund(key));
      await charge(key);
      if (!repaired) undo.push(() => refund(key));
    } catch (error) {
      if (!(error instanceof ActivityFailure)) throw error;
    }
    for (const step of undo.reverse()) await step(); // There is nothing left to deliver.
  });

/** What takes a step back is known only once the step has answered. One that did not may have been carried out. */
const flow = (repaired: boolean) =>
  scenarioOf({
    title: 'charge, then pay back',
    services,
    steps: [
      effect('payments.charge', 'at-most-once', 'charged-once'),
      effect('payments.refund', 'at-most-once', 'refunded-once'),
    ],
    goal: { property: 'refused-means-refunded', reached: (world) => kept(world.payments) === 0 },
    pattern: durable({ workflow: order(repaired), activities: toActivities, start: { id: 'o1', input: 'o1' } }),
  });

export default defineBug({
  id: 'registered-too-late',
  family: 'compensation',
  pattern: 'durable',
  measure: 'a compensation is known before its step',
  fault: 'timeout-after',
  crashes: 0,
  faults: 1,
  workers: 1,
  parallel: false,
  breaks: 'refused-means-refunded',
  invisibleAtEnd: false,
  retells: {
    what: 'Open Bank 6516: a compensation that is registered after its step has returned',
    url: 'https://github.com/JiRaska/open-bank-oss/pull/6516',
  },
  search: { faults: ['timeout-after'], maxFaults: 1 },
  buggy: flow(false),
  repaired: flow(true),
});
