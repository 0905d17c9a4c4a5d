import { defineScenario } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { orderColumn } from '../services/order-column.js';
import { cards, charged, isCharged } from '../services/cards.js';

const services = { cards };

/** The conditional write was done, its answer lost. Tried again, its condition does not hold: somebody else was faster. */
const flow = (repaired: boolean) =>
  defineScenario({
    name: 'own-write-not-known',
    title: 'whoever takes the order charges the card',
    services,
    keys: ['o1'],
    steps: [charged],
    goal: isCharged,
    patterns: [
      orderColumn<typeof services>(({ services: clients, status }) => async ({ id: worker, data: { id } }) => {
        const taken = `taken by ${worker}`;
        const take = (): Promise<boolean> => status.set(id, 'new', taken);
        const first = (await status.get(id)) === 'new';
        // A delivery that finds it taken by its own message goes on with that.
        const mine = !first || (await take().catch(take));
        if (mine || (repaired && (await status.get(id)) === taken)) await clients.cards.charge({ id, key: id });
      }),
    ],
    assumes: ['the processor remembers a key for as long as a retry may come'],
  });

export default defineBug({
  id: 'own-write-not-known',
  family: 'timeout-but-succeeded',
  pattern: 'status-column',
  measure: 'own write known again',
  fault: 'timeout-after',
  crashes: 0,
  faults: 1,
  workers: 1,
  parallel: false,
  breaks: 'order-ends',
  invisibleAtEnd: false,
  retells: {
    what: 'Rainmaker (NSDI 2023): the SDK tries a timed-out write again, and its own precondition fails',
    url: 'https://www.usenix.org/conference/nsdi23/presentation/chen-yinfang',
  },
  search: { faults: ['timeout-after'], maxFaults: 1 },
  buggy: flow(false),
  repaired: flow(true),
});
