import { activities, activityInfo, patched, workflow } from 'crashwise/engine';
import { durable, type ServiceClients } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { deployments } from '../services/deployments.js';
import { payments } from '../services/payments.js';
import { register } from '../services/register.js';
import { effect } from '../services/effect.js';
import { scenarioOf } from '../services/scenario-of.js';

const services = { payments, register };

const toActivities = ({ payments: api, register: list }: ServiceClients<typeof services>) => ({
  charge: (key: string) => api.charge({ key, amount: 49 }),
  enlist: (id: string) => list.add({ id, unique: true }),
  refund: (of: string) => api.refund({ of, key: activityInfo().idempotencyKey }),
});
const { charge, enlist, refund } = activities<ReturnType<typeof toActivities>>();

const order = (insert: () => boolean) =>
  durable({
    workflow: workflow('order', async (id: string) => {
      await charge(id);
      if (insert()) await enlist(id);
      await refund(id);
    }),
    activities: toActivities,
    start: { id: 'o1', input: 'o1' },
  });

/** The new version has a step more. Executions that are past that place do not fit to it. */
const flow = (repaired: boolean) =>
  scenarioOf({
    title: 'charge and pay back, and then with a step in between',
    services,
    steps: [
      effect('payments.charge', 'exactly-once', 'charged-once'),
      effect('payments.refund', 'exactly-once', 'refunded-once'),
      effect('register.add', 'at-most-once', 'listed-once'),
    ],
    pattern: deployments(
      order(() => false),
      order(() => !repaired || patched('enlist')),
    ),
  });

export default defineBug({
  id: 'step-inserted',
  family: 'versioning',
  pattern: 'durable',
  measure: 'a patch around a change',
  fault: 'crash',
  crashes: 1,
  faults: 0,
  workers: 1,
  parallel: false,
  breaks: 'ends',
  invisibleAtEnd: true,
  retells: {
    what: 'PostHog 71077: new activities without a version gate break every execution in flight',
    url: 'https://github.com/PostHog/posthog/pull/71077',
  },
  search: {},
  buggy: flow(false),
  repaired: flow(true),
});
