import { defineScenario } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { orderColumn } from '../services/order-column.js';
import { cards, charged, isCharged, looked } from '../services/cards.js';

const services = { cards };

/** A live worker tries again under the same key. The one that comes after a crash looks, finds nothing, and takes a new one. */
const flow = (repaired: boolean) =>
  defineScenario({
    name: 'recovers-under-a-new-key',
    title: 'charge the card; after a crash, look, and charge if there is no charge',
    services,
    keys: ['o1'],
    steps: [charged, looked],
    goal: isCharged,
    patterns: [
      orderColumn<typeof services>(({ services: clients, status }) => async ({ data: { id } }) => {
        const first = await status.set(id, 'new', 'charging');
        if (!first && (await clients.cards.find({ id }))) return;
        const charge = { id, key: first || repaired ? id : `${id} after a crash` };
        await clients.cards.charge(charge).catch(() => clients.cards.charge(charge));
      }),
    ],
    assumes: ['the processor remembers a key for as long as a retry may come'],
  });

export default defineBug({
  id: 'recovers-under-a-new-key',
  family: 'recovery-wrong',
  pattern: 'status-column',
  measure: 'same key in recovery as before',
  fault: 'late',
  crashes: 1,
  faults: 1,
  workers: 1,
  parallel: false,
  breaks: 'charged-once',
  invisibleAtEnd: false,
  retells: {
    what: 'Adyen commercetools #1305: what the key is made of differs when the payment is tried again',
    url: 'https://github.com/Adyen/adyen-commercetools/issues/1305',
  },
  search: { faults: ['late'], maxFaults: 1 },
  buggy: flow(false),
  repaired: flow(true),
});
