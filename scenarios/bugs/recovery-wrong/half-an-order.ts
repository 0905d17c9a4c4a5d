import { defineScenario, defineService, queue } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { stepOf } from '../services/step-of.js';

const warehouse = defineService({
  initial: { sent: null as number | null },
  requests: {
    send({ sent }, { items }: { id: string; items: number }) {
      if (sent !== null) return { state: { sent }, result: undefined, effect: 'refused', text: 'the box is gone' };
      return { state: { sent: items }, result: undefined, effect: 'done', text: `a box with ${items} items goes out` };
    },
  },
});
const services = { warehouse };

/** Two rows of one thing are written one after the other. Recovery finds the first, and takes it for both. */
const flow = (repaired: boolean) =>
  defineScenario({
    name: 'half-an-order',
    title: 'write an order and its items, then send what the rows say',
    services,
    keys: ['o1'],
    steps: [stepOf('warehouse.send', 'send', 'sent-once')],
    invariants: [
      {
        property: 'sent-whole',
        holds: (world) => world.warehouse.sent === null || world.warehouse.sent === 2,
        broken: (world) => `Order o1 has 2 items, and ${world.warehouse.sent} were sent.`,
      },
    ],
    goal: {
      property: 'order-ends',
      reached: (world) => world.warehouse.sent !== null,
      missed: (where) => `Order o1 is never sent: ${where}.`,
    },
    patterns: [
      queue<typeof services>({
        messages: [{ name: 'order', data: { id: 'o1' } }],
        outbox: true,
        jobs: ({ services: clients, rows, transaction }) => ({
          async order({ data: { id } }) {
            if (!(await rows!.get('orders', id))) {
              await transaction!((write) => {
                write.put('orders', id, { status: 'new' });
                if (repaired) write.put('items', id, { count: 2 });
              });
              if (!repaired) await transaction!((write) => write.put('items', id, { count: 2 }));
            }
            const items = await rows!.get('items', id);
            await clients.warehouse.send({ id, items: Number(items?.['count'] ?? 0) });
          },
        }),
      }),
    ],
    assumes: [],
  });

export default defineBug({
  id: 'half-an-order',
  family: 'recovery-wrong',
  pattern: 'queue',
  measure: 'rows of one thing in one transaction',
  fault: 'crash',
  crashes: 1,
  faults: 0,
  workers: 1,
  parallel: false,
  breaks: 'sent-whole',
  invisibleAtEnd: false,
  retells: {
    what: 'cloudflare/agents #1543: the thing and the row that tracks it are not written at once',
    url: 'https://github.com/cloudflare/agents/issues/1543',
  },
  search: {},
  buggy: flow(false),
  repaired: flow(true),
});
