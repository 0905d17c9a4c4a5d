import { accidental, defineScenario } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { cards, charged } from '../services/cards.js';
import { isShipped, parcels, shipped } from '../services/parcels.js';

const HOUR_MS = 3_600_000;
const services = { cards, parcels };
type Row = { status: 'new' | 'charged' | 'shipped' };

/** A reaper looks after rows whose worker is gone, and knows one of the statuses in which they may lie. */
const flow = (repaired: boolean) =>
  defineScenario({
    name: 'reaper-misses-a-status',
    title: 'charge the card, hand on, ship; a reaper takes up what was left',
    services,
    keys: ['o1'],
    steps: [charged, shipped],
    goal: isShipped,
    patterns: [
      accidental<typeof services, object>({
        request: { id: 'o1' },
        stuckAfterMs: HOUR_MS,
        sweepEveryMs: HOUR_MS,
        app({ table, queue, services: clients }) {
          const orders = table<Row>('orders');
          return {
            async post() {
              const { status } = await orders.findOrCreate('o1', { status: 'new' });
              if (status !== 'new') return;
              await clients.cards.charge({ id: 'o1', key: 'o1' });
              await orders.update('o1', { status: 'charged' });
              await queue.add('ship', { id: 'o1' });
            },
            jobs: {
              async ship({ id }) {
                await clients.parcels.ship({ id });
                await orders.update(id, { status: 'shipped' });
              },
            },
            async sweep() {
              const left = await orders.where({ status: [repaired ? 'charged' : 'new'], olderThanMs: HOUR_MS });
              for (const { id } of left) await queue.add('ship', { id });
            },
          };
        },
      }),
    ],
    assumes: ['the processor remembers a key for as long as a retry may come'],
  });

export default defineBug({
  id: 'reaper-misses-a-status',
  family: 'crash-detection',
  pattern: 'accidental',
  measure: 'reaper that knows every status that waits',
  fault: 'crash',
  crashes: 1,
  faults: 0,
  workers: 1,
  parallel: false,
  breaks: 'order-ends',
  invisibleAtEnd: false,
  retells: {
    what: 'noetl #257: the worker is known to be gone, and nothing takes its commands up',
    url: 'https://github.com/noetl/noetl/issues/257',
  },
  search: {},
  buggy: flow(false),
  repaired: flow(true),
});
