import { activities, activityInfo, deprecatePatch, patched, workflow } from 'crashwise/engine';
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

/** The third version drops the old branch. An execution of the first one, which the second one still knew, is stuck. */
const flow = (repaired: boolean) =>
  scenarioOf({
    title: 'charge and pay back, in three versions',
    services,
    steps: [
      effect('payments.charge', 'exactly-once', 'charged-once'),
      effect('payments.refund', 'exactly-once', 'refunded-once'),
      effect('register.add', 'at-most-once', 'listed-once'),
    ],
    pattern: deployments(
      order(() => false),
      order(() => patched('enlist')),
      order(() => {
        if (repaired) return patched('enlist');
        deprecatePatch('enlist');
        return true;
      }),
    ),
  });

export default defineBug({
  id: 'old-branch-dropped',
  family: 'versioning',
  pattern: 'durable',
  measure: 'an old branch is kept while old executions are open',
  fault: 'crash',
  crashes: 2,
  faults: 0,
  workers: 1,
  parallel: false,
  breaks: 'ends',
  invisibleAtEnd: true,
  retells: {
    what: 'Temporal documentation 3745: how long a patch has to stay',
    url: 'https://github.com/temporalio/documentation/pull/3745',
  },
  search: {},
  buggy: flow(false),
  repaired: flow(true),
});
