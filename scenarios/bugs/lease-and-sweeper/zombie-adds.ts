import { queue } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { effect } from '../services/effect.js';
import { register } from '../services/register.js';
import { scenarioOf } from '../services/scenario-of.js';

const services = { register };

/** A worker stands still after it has looked. Another takes over and adds; the first one wakes and adds, too. */
const flow = (repaired: boolean) =>
  scenarioOf({
    title: 'look, then add',
    services,
    steps: [effect('register.add', 'exactly-once', 'added-once')],
    pattern: queue<typeof services>({
      messages: [{ name: 'add', data: { id: 'o1' } }],
      jobs: ({ services: { register: api } }) => ({
        async add({ id }) {
          if (!(await api.has({ id }))) await api.add({ id, unique: repaired });
        },
      }),
    }),
  });

export default defineBug({
  id: 'zombie-adds',
  family: 'lease-and-sweeper',
  pattern: 'queue',
  measure: 'unique constraint',
  fault: 'zombie',
  crashes: 0,
  faults: 1,
  workers: 2,
  parallel: false,
  breaks: 'added-once',
  invisibleAtEnd: false,
  retells: {
    what: 'underway 111: workers that resume after another has taken over',
    url: 'https://github.com/maxcountryman/underway/pull/111',
  },
  search: { zombies: true, maxFaults: 1 },
  buggy: flow(false),
  repaired: flow(true),
});
