import { queue } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { effect } from '../services/effect.js';
import { post } from '../services/post.js';
import { scenarioOf } from '../services/scenario-of.js';

const services = { post };

/** The handler starts its work and returns: the message is acknowledged while the mail is still on its way. */
const flow = (repaired: boolean) =>
  scenarioOf({
    title: 'a job sends a mail',
    services,
    steps: [effect('post.send', 'exactly-once', 'mailed')],
    pattern: queue<typeof services>({
      messages: [{ name: 'mail', data: { id: 'o1' } }],
      jobs: (tools) => ({
        async mail({ id }) {
          const sent = tools.services.post.send({ to: 'ada@example.com', key: id });
          if (repaired) await sent;
        },
      }),
    }),
  });

export default defineBug({
  id: 'acked-before-work',
  family: 'lost-acknowledgement',
  pattern: 'queue',
  measure: 'acknowledge after the work',
  fault: 'crash',
  crashes: 1,
  faults: 0,
  workers: 1,
  parallel: false,
  breaks: 'mailed',
  invisibleAtEnd: false,
  retells: { what: 'celery 14: messages acknowledged too soon', url: 'https://github.com/celery/celery/issues/14' },
  search: {},
  buggy: flow(false),
  repaired: flow(true),
});
