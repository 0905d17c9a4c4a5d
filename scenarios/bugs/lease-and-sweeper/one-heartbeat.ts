import { queue } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { effect } from '../services/effect.js';
import { register } from '../services/register.js';
import { scenarioOf } from '../services/scenario-of.js';

const services = { register };

/** The visibility is extended when the job begins, and not while it goes on. */
const flow = (repaired: boolean) =>
  scenarioOf({
    title: 'a video in two halves of 20 seconds',
    services,
    steps: [effect('register.add', 'exactly-once', 'encoded-once')],
    pattern: queue<typeof services>({
      messages: [{ name: 'encode', data: { id: 'o1' } }],
      concurrency: 2,
      jobs: ({ services: { register: api }, sleep }) => ({
        async encode({ id, extend }) {
          if (await api.has({ id })) return;
          await extend(30_000);
          await sleep(20_000);
          if (repaired) await extend(30_000);
          await sleep(20_000);
          await api.add({ id });
        },
      }),
    }),
  });

export default defineBug({
  id: 'one-heartbeat',
  family: 'lease-and-sweeper',
  pattern: 'queue',
  measure: 'heartbeat for as long as the job runs',
  fault: 'none',
  crashes: 0,
  faults: 0,
  workers: 2,
  parallel: false,
  breaks: 'encoded-once',
  invisibleAtEnd: false,
  retells: {
    what: 'propono 80: the visibility is too short for a video',
    url: 'https://github.com/iHiD/propono/issues/80',
  },
  search: {},
  buggy: flow(false),
  repaired: flow(true),
});
