import { queue } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { effect } from '../services/effect.js';
import { post } from '../services/post.js';
import { scenarioOf } from '../services/scenario-of.js';

const services = { post };

/** A job publishes an event. Delivered again, it publishes it under another id, and nobody knows it for the same one. */
const flow = (repaired: boolean) =>
  scenarioOf({
    title: 'an order, and an event of it for others',
    services,
    steps: [effect('post.send', 'exactly-once', 'published-once')],
    pattern: queue<typeof services>({
      messages: [{ name: 'order', data: { id: 'o1' } }],
      jobs: (tools) => ({
        order({ id, deliveries }) {
          const event = repaired ? id : `${id}/${Math.min(deliveries, 2)}`;
          return tools.services.post.send({ to: 'whoever listens', key: event });
        },
      }),
    }),
  });

export default defineBug({
  id: 'hand-on-twice',
  family: 'lost-acknowledgement',
  pattern: 'queue',
  measure: 'an event has one id in all deliveries',
  fault: 'crash',
  crashes: 1,
  faults: 0,
  workers: 1,
  parallel: false,
  breaks: 'published-once',
  invisibleAtEnd: false,
  retells: {
    what: 'MassTransit 3791: messages of a consumer are published twice',
    url: 'https://github.com/MassTransit/MassTransit/issues/3791',
  },
  search: {},
  buggy: flow(false),
  repaired: flow(true),
});
