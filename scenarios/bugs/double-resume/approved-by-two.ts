import { defineScenario, statusColumn } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { cards, charged } from '../services/cards.js';

const services = { cards };

/** Two people approve. Only one of them finds that it waits, and nobody heeds what the other one finds. */
const flow = (repaired: boolean) =>
  defineScenario({
    name: 'approved-by-two',
    title: 'whoever approves first resumes the payment',
    services,
    keys: ['p1'],
    steps: [charged],
    goal: {
      property: 'payment-ends',
      reached: (world) => world.cards.charges.length > 0,
      missed: (where) => `Payment p1 is approved and never made: ${where}.`,
    },
    patterns: [
      statusColumn<typeof services>({
        messages: ['Ada', 'Bob'].map((by) => ({ name: 'approve', id: `approval by ${by}`, data: { id: 'p1' } })),
        initial: 'waits',
        jobs: ({ services: clients, status }) => ({
          async approve({ id: approval, data: { id } }) {
            const taken = await status.set(id, 'waits', approval);
            if (repaired && !taken && (await status.get(id)) !== approval) return;
            await clients.cards.charge({ id, key: approval });
          },
        }),
      }),
    ],
    assumes: ['the processor remembers a key for as long as a retry may come'],
  });

export default defineBug({
  id: 'approved-by-two',
  family: 'double-resume',
  pattern: 'status-column',
  measure: 'answer of compare-and-set heeded',
  fault: 'none',
  crashes: 0,
  faults: 0,
  workers: 1,
  parallel: false,
  breaks: 'charged-once',
  invisibleAtEnd: false,
  retells: {
    what: 'heym #563: two decisions at once both resume the paused workflow',
    url: 'https://github.com/heymrun/heym/issues/563',
  },
  search: {},
  buggy: flow(false),
  repaired: flow(true),
});
