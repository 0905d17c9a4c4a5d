import { defineScenario } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { posted } from '../services/posted.js';
import { cards, charged, isCharged } from '../services/cards.js';

const services = { cards };

/** A retry helper counts its tries, and the count is part of the key. After a crash it counts from one, so that is safe. */
const flow = (repaired: boolean) =>
  defineScenario({
    name: 'key-per-try',
    title: 'charge the card, in three tries at most',
    services,
    keys: ['o1'],
    steps: [charged],
    goal: isCharged,
    patterns: [
      posted<typeof services>(({ services: clients }) => async () => {
        for (let attempt = 1; ; attempt += 1) {
          try {
            await clients.cards.charge({ id: 'o1', key: repaired ? 'o1' : `o1/${attempt}` });
            return;
          } catch (error) {
            if (attempt === 3) throw error;
          }
        }
      }),
    ],
    assumes: ['the processor remembers a key for as long as a retry may come'],
  });

export default defineBug({
  id: 'key-per-try',
  family: 'timeout-but-succeeded',
  pattern: 'accidental',
  measure: 'one key for all tries',
  fault: 'timeout-after',
  crashes: 0,
  faults: 1,
  workers: 1,
  parallel: false,
  breaks: 'charged-once',
  invisibleAtEnd: false,
  retells: {
    what: 'square-mcp-server #31: the key is to be new for every request, so a retry charges twice',
    url: 'https://github.com/square/square-mcp-server/issues/31',
  },
  search: { faults: ['timeout-after'], maxFaults: 1 },
  buggy: flow(false),
  repaired: flow(true),
});
