import { queue } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { effect } from '../services/effect.js';
import { register } from '../services/register.js';
import { scenarioOf } from '../services/scenario-of.js';

const services = { register };

/** The import takes longer than the message is hidden: a second worker gets it, and sees nothing of the first one. */
const flow = (repaired: boolean) =>
  scenarioOf({
    title: 'an import of 40 seconds',
    services,
    steps: [effect('register.add', 'exactly-once', 'imported-once')],
    pattern: queue<typeof services>({
      messages: [{ name: 'import', data: { id: 'o1' } }],
      concurrency: 2,
      visibilityMs: repaired ? 60_000 : 30_000,
      jobs: ({ services: { register: api }, sleep }) => ({
        async import({ id }) {
          if (await api.has({ id })) return;
          await sleep(40_000);
          await api.add({ id });
        },
      }),
    }),
  });

export default defineBug({
  id: 'visibility-too-short',
  family: 'lease-and-sweeper',
  pattern: 'queue',
  measure: 'visibility longer than the job',
  fault: 'none',
  crashes: 0,
  faults: 0,
  workers: 2,
  parallel: false,
  breaks: 'imported-once',
  invisibleAtEnd: false,
  retells: {
    what: 'Laravel 19969: SQS jobs that are processed twice',
    url: 'https://github.com/laravel/framework/issues/19969',
  },
  search: {},
  buggy: flow(false),
  repaired: flow(true),
});
