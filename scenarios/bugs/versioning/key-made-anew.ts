import { activities, workflow } from 'crashwise/engine';
import { durable, type ServiceClients } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { deployments } from '../services/deployments.js';
import { payments } from '../services/payments.js';
import { effect } from '../services/effect.js';
import { scenarioOf } from '../services/scenario-of.js';

const services = { payments };

const toActivities =
  (prefix: string) =>
  ({ payments: api }: ServiceClients<typeof services>) => ({
    charge: (key: string) => api.charge({ key: `${prefix}${key}`, amount: 49 }),
  });
const { charge } = activities<ReturnType<ReturnType<typeof toActivities>>>();
const order = workflow('order', (id: string) => charge(id));

const version = (prefix: string) =>
  durable({ workflow: order, activities: toActivities(prefix), start: { id: 'o1', input: 'o1' } });

/** The workflow is the same, so nothing is noticed: the activity makes its key in another way. */
const flow = (repaired: boolean) =>
  scenarioOf({
    title: 'charge, with a key of the application',
    services,
    steps: [effect('payments.charge', 'exactly-once', 'charged-once')],
    pattern: deployments(version(''), version(repaired ? '' : 'v2/')),
  });

export default defineBug({
  id: 'key-made-anew',
  family: 'versioning',
  pattern: 'durable',
  measure: 'the same key in all versions',
  fault: 'crash',
  crashes: 1,
  faults: 0,
  workers: 1,
  parallel: false,
  breaks: 'charged-once',
  invisibleAtEnd: false,
  retells: {
    what: 'Eve 3103: a crash changes the id of an approval that was published',
    url: 'https://github.com/vercel/eve/issues/3103',
  },
  search: {},
  buggy: flow(false),
  repaired: flow(true),
});
