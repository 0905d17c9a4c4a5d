import { queue } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { effect } from '../services/effect.js';
import { register } from '../services/register.js';
import { scenarioOf } from '../services/scenario-of.js';

const services = { register };

/** The answer to its look takes until the message is visible again: by then two are at it, and both have seen nothing. */
const flow = (repaired: boolean) =>
  scenarioOf({
    title: 'look, then add, with a slow answer',
    services,
    steps: [effect('register.has', 'read', 'looked'), effect('register.add', 'exactly-once', 'added-once')],
    pattern: queue<typeof services>({
      messages: [{ name: 'add', data: { id: 'o1' } }],
      concurrency: 2,
      jobs: ({ services: { register: api } }) => ({
        async add({ id }) {
          if (!(await api.has({ id }))) await api.add({ id, unique: repaired });
        },
      }),
    }),
  });

export default defineBug({
  id: 'answer-past-the-lease',
  family: 'lease-and-sweeper',
  pattern: 'queue',
  measure: 'unique constraint',
  fault: 'edge',
  crashes: 0,
  faults: 1,
  workers: 2,
  parallel: false,
  breaks: 'added-once',
  invisibleAtEnd: false,
  retells: {
    what: 'AWS Blocks 353: a message is redelivered while its batch is still being processed',
    url: 'https://github.com/aws-devtools-labs/aws-blocks/pull/353',
  },
  search: { faults: ['edge'], maxFaults: 1 },
  buggy: flow(false),
  repaired: flow(true),
});
