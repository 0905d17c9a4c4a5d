import { activities, workflow } from 'crashwise/engine';
import { durable, type ServiceClients } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { effect } from '../services/effect.js';
import { register } from '../services/register.js';
import { scenarioOf } from '../services/scenario-of.js';

const services = { register };

const toActivities =
  (unique: boolean) =>
  ({ register: api }: ServiceClients<typeof services>) => ({
    async add(id: string) {
      if (!(await api.has({ id }))) await api.add({ id, unique });
    },
  });
const { add } = activities<ReturnType<ReturnType<typeof toActivities>>>();
const addOnce = workflow('add', (id: string) => add(id));

/** The lease of a worker that stands still runs out. The engine refuses what it writes then, and nobody what it does. */
const flow = (repaired: boolean) =>
  scenarioOf({
    title: 'look, then add, by a worker that stands still',
    services,
    steps: [effect('register.add', 'exactly-once', 'added-once')],
    pattern: durable({
      workflow: addOnce,
      activities: toActivities(repaired),
      start: { id: 'o1', input: 'o1' },
    }),
  });

export default defineBug({
  id: 'stale-owner-acts',
  family: 'lease-and-sweeper',
  pattern: 'durable',
  measure: 'unique constraint',
  fault: 'zombie',
  crashes: 0,
  faults: 1,
  workers: 2,
  parallel: false,
  breaks: 'added-once',
  invisibleAtEnd: false,
  retells: {
    what: 'DBOS Python 742: a recovery whose result is stale runs work that it does not own',
    url: 'https://github.com/dbos-inc/dbos-transact-py/issues/742',
  },
  search: { zombies: true, maxFaults: 1 },
  buggy: flow(false),
  repaired: flow(true),
});
