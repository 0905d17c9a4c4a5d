import { defineScenario } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { orderColumn } from '../services/order-column.js';
import { cards, charged, isCharged } from '../services/cards.js';

const services = { cards };

/** Started twice and never finished: it must be the job that kills its workers. Or somebody has deployed twice. */
const flow = (repaired: boolean) =>
  defineScenario({
    name: 'taken-for-poison',
    title: 'charge the card; the status counts how often that was begun',
    services,
    keys: ['o1'],
    steps: [charged],
    goal: isCharged,
    patterns: [
      orderColumn<typeof services>(({ services: clients, status }) => async ({ data: { id } }) => {
        const at = await status.get(id);
        if (at === 'new') await status.set(id, 'new', 'begun once');
        if (at === 'begun once') await status.set(id, 'begun once', 'begun twice');
        if (at === 'begun twice' && !repaired) return;
        await clients.cards.charge({ id, key: id });
      }),
    ],
    assumes: ['the processor remembers a key for as long as a retry may come'],
  });

export default defineBug({
  id: 'taken-for-poison',
  family: 'crash-detection',
  pattern: 'status-column',
  measure: 'restarts told from failures',
  fault: 'crash',
  crashes: 2,
  faults: 0,
  workers: 1,
  parallel: false,
  breaks: 'order-ends',
  invisibleAtEnd: false,
  retells: {
    what: 'ihp #2644: whether a job that was found running at a restart has used up an attempt',
    url: 'https://github.com/digitallyinduced/ihp/pull/2644',
  },
  search: {},
  buggy: flow(false),
  repaired: flow(true),
});
