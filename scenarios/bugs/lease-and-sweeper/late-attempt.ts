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

/** An attempt has timed out, and its request is still on its way: it arrives after the next attempt has looked. */
const flow = (repaired: boolean) =>
  scenarioOf({
    title: 'look, then add, as one activity',
    services,
    steps: [effect('register.has', 'read', 'looked'), effect('register.add', 'exactly-once', 'added-once')],
    pattern: durable({
      workflow: addOnce,
      activities: toActivities(repaired),
      start: { id: 'o1', input: 'o1' },
    }),
  });

export default defineBug({
  id: 'late-attempt',
  family: 'lease-and-sweeper',
  pattern: 'durable',
  measure: 'unique constraint',
  fault: 'late',
  crashes: 0,
  faults: 1,
  workers: 1,
  parallel: false,
  breaks: 'added-once',
  invisibleAtEnd: false,
  retells: {
    what: 'Cloudflare docs 30659: a write of a terminated attempt lands after the retry began',
    url: 'https://github.com/cloudflare/cloudflare-docs/issues/30659',
  },
  search: { faults: ['late'], maxFaults: 1 },
  buggy: flow(false),
  repaired: flow(true),
});
