import { queue } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { effect } from '../services/effect.js';
import { payments } from '../services/payments.js';
import { post } from '../services/post.js';
import { scenarioOf } from '../services/scenario-of.js';

const services = { payments, post };

/** A job hands on to the next one. Delivered again, it hands on again: a new message, with an id and a key of its own. */
const flow = (repaired: boolean) =>
  scenarioOf({
    title: 'charge, then a mail by a job of its own',
    services,
    steps: [effect('payments.charge', 'exactly-once', 'charged-once'), effect('post.send', 'exactly-once', 'mailed')],
    pattern: queue<typeof services>({
      messages: [{ name: 'charge', data: { id: 'o1' } }],
      jobs: (tools) => ({
        async charge({ id, data }) {
          await tools.services.payments.charge({ key: id, amount: 49 });
          await tools.queue.add('mail', data, repaired ? { id: `${id}/mail` } : {});
        },
        mail: ({ id }) => tools.services.post.send({ to: 'ada@example.com', key: id }),
      }),
    }),
  });

export default defineBug({
  id: 'hand-on-twice',
  family: 'lost-acknowledgement',
  pattern: 'queue',
  measure: 'an id for the message that is handed on',
  fault: 'crash',
  crashes: 1,
  faults: 0,
  workers: 1,
  parallel: false,
  breaks: 'mailed',
  invisibleAtEnd: false,
  retells: {
    what: 'MassTransit 3791: messages of a consumer are published twice',
    url: 'https://github.com/MassTransit/MassTransit/issues/3791',
  },
  search: {},
  buggy: flow(false),
  repaired: flow(true),
});
