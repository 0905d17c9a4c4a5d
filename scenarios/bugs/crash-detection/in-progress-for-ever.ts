import { defineScenario } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { orderColumn } from '../services/order-column.js';
import { cards, charged, isCharged } from '../services/cards.js';

const services = { cards };

/** A mark says that somebody is at it. Nobody asks whether that one is still alive. */
const flow = (repaired: boolean) =>
  defineScenario({
    name: 'in-progress-for-ever',
    title: 'charge the card, unless another delivery is at it',
    services,
    keys: ['o1'],
    steps: [charged],
    goal: isCharged,
    patterns: [
      orderColumn<typeof services>(({ services: clients, status }) => async ({ data: { id } }) => {
        // A message comes back only after its visibility: whoever set the mark is dead, or as good as that.
        if (!(await status.set(id, 'new', 'in progress')) && !repaired) return;
        await clients.cards.charge({ id, key: id });
        await status.set(id, 'in progress', 'done');
      }),
    ],
    assumes: ['the processor remembers a key for as long as a retry may come'],
  });

export default defineBug({
  id: 'in-progress-for-ever',
  family: 'crash-detection',
  pattern: 'status-column',
  measure: 'mark that ends with its owner',
  fault: 'crash',
  crashes: 1,
  faults: 0,
  workers: 1,
  parallel: false,
  breaks: 'order-ends',
  invisibleAtEnd: false,
  retells: {
    what: 'powertools-lambda-python #1038: INPROGRESS stays after a time-out, and retries are turned away',
    url: 'https://github.com/aws-powertools/powertools-lambda-python/issues/1038',
  },
  search: {},
  buggy: flow(false),
  repaired: flow(true),
});
