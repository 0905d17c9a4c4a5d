import { defineScenario, queue } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { cards, charged, isCharged, looked } from '../services/cards.js';

const services = { cards };

/** After a crash it looks whether the charge was made. The look is answered by a replica that lags behind. */
const flow = (repaired: boolean) =>
  defineScenario({
    name: 'recovery-reads-a-replica',
    title: 'charge the card, unless a look says that it is done',
    services,
    keys: ['o1'],
    steps: [charged, looked],
    goal: isCharged,
    patterns: [
      queue<typeof services>({
        messages: [{ name: 'order', data: { id: 'o1' } }],
        jobs: ({ services: clients }) => ({
          async order({ data: { id } }) {
            if (await clients.cards.find({ id })) return;
            await clients.cards.charge(repaired ? { id, key: id } : { id });
          },
        }),
      }),
    ],
    assumes: ['the processor remembers a key for as long as a retry may come'],
  });

export default defineBug({
  id: 'recovery-reads-a-replica',
  family: 'recovery-wrong',
  pattern: 'queue',
  measure: 'key besides the look',
  fault: 'stale-read',
  crashes: 1,
  faults: 1,
  workers: 1,
  parallel: false,
  breaks: 'charged-once',
  invisibleAtEnd: false,
  retells: {
    what: 'Sieve (OSDI 2022): stale states, controllers that act on what they read before a restart',
    url: 'https://www.usenix.org/conference/osdi22/presentation/sun',
  },
  search: { faults: ['stale-read'], maxFaults: 1 },
  buggy: flow(false),
  repaired: flow(true),
});
