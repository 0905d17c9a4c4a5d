import { defineService, queue } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { effect } from '../services/effect.js';
import { scenarioOf } from '../services/scenario-of.js';

/** Knows the last keys that it has sent, so many of them. */
const gatewayOf = (window: number) =>
  defineService({
    initial: { last: [] as readonly string[] },
    requests: {
      send(state, { key }: { key: string }) {
        if (state.last.includes(key)) return { state, result: null, effect: 'refused', text: `${key} was sent before` };
        return {
          state: { last: [...state.last, key].slice(-window) },
          result: null,
          effect: 'done',
          text: `${key} is sent`,
        };
      },
    },
  });

/** A message comes again after its visibility. By then others have come, and the window of deduplication has moved on. */
const flow = (repaired: boolean) => {
  const services = { gateway: gatewayOf(repaired ? 2 : 1) };
  return scenarioOf({
    title: 'two messages, each sent on once',
    services,
    keys: ['a', 'b'],
    steps: [effect('gateway.send', 'exactly-once', 'sent-once', ({ key }: { key: string }) => key)],
    pattern: queue<typeof services>({
      messages: ['a', 'b'].map((id) => ({ name: 'send', data: { id } })),
      jobs: (tools) => ({ send: ({ id }) => tools.services.gateway.send({ key: id }) }),
    }),
  });
};

export default defineBug({
  id: 'window-of-one',
  family: 'lost-acknowledgement',
  pattern: 'queue',
  measure: 'deduplication window longer than redelivery',
  fault: 'crash',
  crashes: 1,
  faults: 0,
  workers: 1,
  parallel: false,
  breaks: 'sent-once',
  invisibleAtEnd: false,
  retells: {
    what: 'tomodachi 2074: a failed delete brings a message back, and it is a duplicate for 60 seconds',
    url: 'https://github.com/kalaspuff/tomodachi/pull/2074',
  },
  search: {},
  buggy: flow(false),
  repaired: flow(true),
});
