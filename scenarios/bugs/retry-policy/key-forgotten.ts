import { defineScenario, defineService, queue } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { stepOf } from '../services/step-of.js';

/** A processor that remembers the last keys only. */
const forgetful = (remembers: number) =>
  defineService({
    initial: { keys: [] as readonly string[] },
    requests: {
      charge({ keys }, { key }: { id: string; key: string }) {
        if (keys.includes(key))
          return { state: { keys }, result: undefined, effect: 'refused', text: 'the processor knows this key' };
        const kept = [...keys, key].slice(-remembers);
        return { state: { keys: kept }, result: undefined, effect: 'done', text: 'the processor charges the card' };
      },
    },
  });

/** Keys are good for a while. Another order goes first, and the retry comes when its key has been forgotten. */
const flow = (repaired: boolean) => {
  const services = { cards: forgetful(repaired ? 2 : 1) };
  return defineScenario({
    name: 'key-forgotten',
    title: 'charge two orders',
    services,
    keys: ['a', 'b'],
    steps: [stepOf('cards.charge', 'charge', 'charged-once')],
    goal: {
      property: 'orders-end',
      reached: (world) => world.cards.keys.length > 0,
      missed: (where) => `No order is ever charged: ${where}.`,
    },
    patterns: [
      queue<typeof services>({
        messages: ['a', 'b'].map((id) => ({ name: 'order', data: { id } })),
        jobs: ({ services: clients }) => ({
          order: ({ data: { id } }) => clients.cards.charge({ id, key: id }),
        }),
      }),
    ],
    assumes: [],
  });
};

export default defineBug({
  id: 'key-forgotten',
  family: 'retry-policy',
  pattern: 'queue',
  measure: 'deduplication for as long as retries may come',
  fault: 'crash',
  crashes: 1,
  faults: 0,
  workers: 1,
  parallel: false,
  breaks: 'charged-once',
  invisibleAtEnd: false,
  retells: {
    what: 'keygen-api #305: keys expire after 24 hours, and a later request counts as a new one',
    url: 'https://github.com/keygen-sh/keygen-api/issues/305',
  },
  search: {},
  buggy: flow(false),
  repaired: flow(true),
});
