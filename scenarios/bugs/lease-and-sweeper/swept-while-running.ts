import { queue } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { effect } from '../services/effect.js';
import { register } from '../services/register.js';
import { scenarioOf } from '../services/scenario-of.js';

const services = { register };

/** After a minute the sweeper puts a job that is still running into the queue once more. */
const flow = (repaired: boolean) =>
  scenarioOf({
    title: 'an import of two minutes, and a sweeper after one',
    services,
    steps: [effect('register.add', 'exactly-once', 'imported-once')],
    pattern: queue<typeof services>({
      messages: [
        { name: 'import', data: { id: 'o1' }, group: 'o1' },
        { name: 'import', data: { id: 'o1' }, group: 'o1', id: 'swept', delayMs: 60_000 },
      ],
      concurrency: 2,
      visibilityMs: 600_000,
      fifo: repaired,
      jobs: ({ services: { register: api }, sleep }) => ({
        async import({ data: { id } }) {
          if (await api.has({ id })) return;
          await sleep(120_000);
          await api.add({ id });
        },
      }),
    }),
  });

export default defineBug({
  id: 'swept-while-running',
  family: 'lease-and-sweeper',
  pattern: 'queue',
  measure: 'one job of a row at a time',
  fault: 'none',
  crashes: 0,
  faults: 0,
  workers: 2,
  parallel: false,
  breaks: 'imported-once',
  invisibleAtEnd: false,
  retells: {
    what: 'saq 277: a task is swept while it runs',
    url: 'https://github.com/tobymao/saq/issues/277',
  },
  search: {},
  buggy: flow(false),
  repaired: flow(true),
});
