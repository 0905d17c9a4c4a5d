import { queue } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { effect } from '../services/effect.js';
import { register } from '../services/register.js';
import { scenarioOf } from '../services/scenario-of.js';

const services = { register };

/** A worker that was held up for 40 seconds is told that its message is somebody else's now, and goes on. */
const flow = (repaired: boolean) =>
  scenarioOf({
    title: 'a worker that stalls',
    services,
    steps: [effect('register.add', 'exactly-once', 'added-once')],
    pattern: queue<typeof services>({
      messages: [{ name: 'add', data: { id: 'o1' } }],
      concurrency: 2,
      jobs: ({ services: { register: api }, sleep }) => ({
        async add({ id, deliveries, extend }) {
          if (await api.has({ id })) return;
          if (deliveries === 1) await sleep(40_000); // The event loop was blocked.
          await extend(30_000).catch((error: unknown) => {
            if (repaired) throw error;
          });
          await api.add({ id });
        },
      }),
    }),
  });

export default defineBug({
  id: 'lost-lease-ignored',
  family: 'lease-and-sweeper',
  pattern: 'queue',
  measure: 'stop when the lease is lost',
  fault: 'none',
  crashes: 0,
  faults: 0,
  workers: 2,
  parallel: false,
  breaks: 'added-once',
  invisibleAtEnd: false,
  retells: {
    what: 'Bull 308: a worker that could not renew its lock goes on',
    url: 'https://github.com/OptimalBits/bull/issues/308',
  },
  search: {},
  buggy: flow(false),
  repaired: flow(true),
});
