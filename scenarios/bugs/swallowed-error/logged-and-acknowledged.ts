import { queue } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { effect } from '../services/effect.js';
import { post } from '../services/post.js';
import { scenarioOf } from '../services/scenario-of.js';

const services = { post };

/** An error is logged, and that is all that is done about it: the job has ended well. */
const flow = (repaired: boolean) =>
  scenarioOf({
    title: 'a job sends a mail',
    services,
    steps: [effect('post.send', 'at-least-once', 'mailed')],
    pattern: queue<typeof services>({
      messages: [{ name: 'mail', data: { id: 'o1' } }],
      jobs: (tools) => ({
        async mail() {
          try {
            await tools.services.post.send({ to: 'ada@example.com' });
          } catch (error) {
            if (repaired) throw error;
          }
        },
      }),
    }),
  });

export default defineBug({
  id: 'logged-and-acknowledged',
  family: 'swallowed-error',
  pattern: 'queue',
  measure: 'an error fails its job',
  fault: 'error',
  crashes: 0,
  faults: 1,
  workers: 1,
  parallel: false,
  breaks: 'mailed',
  invisibleAtEnd: true,
  retells: {
    what: 'DataVault 507: a deposit goes on though the transfer failed in the middle',
    url: 'https://github.com/DataVault/datavault/pull/507',
  },
  search: { faults: ['error'], maxFaults: 1 },
  buggy: flow(false),
  repaired: flow(true),
});
