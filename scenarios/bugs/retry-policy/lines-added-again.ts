import { activities, workflow } from 'crashwise/engine';
import { defineScenario, defineService, durable, type ServiceClients } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { stepOf } from '../services/step-of.js';

const books = defineService({
  initial: { lines: [] as readonly string[] },
  requests: {
    invoice(state, { lines }: { id: string; lines: readonly string[] }) {
      if (state.lines.length > 0)
        return { state, result: undefined, effect: 'refused', text: 'there is an invoice already' };
      return { state: { lines }, result: undefined, effect: 'done', text: `an invoice of ${lines.join(', ')}` };
    },
  },
});
const services = { books };

const own = (repaired: boolean) => (clients: ServiceClients<typeof services>) => {
  const draft: string[] = [];
  return {
    async invoice(id: string) {
      const lines = repaired ? [] : draft;
      lines.push('team plan');
      await clients.books.invoice({ id, lines });
    },
  };
};

const { invoice } = activities<ReturnType<ReturnType<typeof own>>>();
const billing = workflow('billing', (id: string) => invoice(id));

/** The second attempt finds in memory what the first one has left there. A crash would have cleaned it up. */
const flow = (repaired: boolean) =>
  defineScenario({
    name: 'lines-added-again',
    title: 'write an invoice of one line',
    services,
    keys: ['o1'],
    steps: [stepOf('books.invoice', 'invoice', 'invoiced-once')],
    invariants: [
      {
        property: 'one-line',
        holds: (world) => world.books.lines.length <= 1,
        broken: (world) => `The invoice of o1 has ${world.books.lines.length} lines.`,
      },
    ],
    goal: {
      property: 'billing-ends',
      reached: (world) => world.books.lines.length > 0,
      missed: (where) => `Order o1 is never invoiced: ${where}.`,
    },
    patterns: [durable({ workflow: billing, activities: own(repaired), start: { id: 'o1', input: 'o1' } })],
    assumes: [],
  });

export default defineBug({
  id: 'lines-added-again',
  family: 'retry-policy',
  pattern: 'durable',
  measure: 'state made anew in each attempt',
  fault: 'error',
  crashes: 0,
  faults: 1,
  workers: 1,
  parallel: false,
  breaks: 'one-line',
  invisibleAtEnd: false,
  retells: {
    what: 'WASABI (SOSP 2024): state that is not reset between attempts',
    url: 'https://bastoica.github.io/files/papers/2024_sosp_wasabi.pdf',
  },
  search: { faults: ['error'], maxFaults: 1 },
  buggy: flow(false),
  repaired: flow(true),
});
