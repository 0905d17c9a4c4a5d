import { defineScenario } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { posted } from '../services/posted.js';
import { cards, charged, isCharged } from '../services/cards.js';

const services = { cards };

/** The keys that were used are kept in a map of the process, which is new after each crash. */
const flow = (repaired: boolean) =>
  defineScenario({
    name: 'remembered-in-memory',
    title: 'charge the card under the key that this order was given',
    services,
    keys: ['o1'],
    steps: [charged],
    goal: isCharged,
    patterns: [
      posted<typeof services>(({ table, services: clients, randomUUID }) => {
        const orders = table<{ key: string }>('orders');
        const keys = new Map<string, string>();
        return async () => {
          const key = keys.get('o1') ?? randomUUID();
          keys.set('o1', key);
          const kept = await orders.findOrCreate('o1', { key });
          await clients.cards.charge({ id: 'o1', key: repaired ? kept.key : key });
        };
      }),
    ],
    assumes: ['the processor remembers a key for as long as a retry may come'],
  });

export default defineBug({
  id: 'remembered-in-memory',
  family: 'recovery-wrong',
  pattern: 'accidental',
  measure: 'key that survives the process',
  fault: 'crash',
  crashes: 1,
  faults: 0,
  workers: 1,
  parallel: false,
  breaks: 'charged-once',
  invisibleAtEnd: false,
  retells: {
    what: 'agent-framework #3938: 209 of 209 refunds were made twice without a key',
    url: 'https://github.com/microsoft/agent-framework/issues/3938',
  },
  search: {},
  buggy: flow(false),
  repaired: flow(true),
});
