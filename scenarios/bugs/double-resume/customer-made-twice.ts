import { defineScenario, defineService, queue } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { stepOf } from '../services/step-of.js';

const customers = defineService({
  initial: { emails: [] as readonly string[] },
  requests: {
    find: (state, { id }: { id: string }) => ({
      state,
      result: state.emails.includes(id),
      effect: 'none',
      text: `there is ${state.emails.includes(id) ? 'a' : 'no'} customer ${id}`,
    }),
    create({ emails }, { id, unique }: { id: string; unique: boolean }) {
      if (unique && emails.includes(id))
        return { state: { emails }, result: undefined, effect: 'refused', text: `there is a customer ${id} already` };
      return { state: { emails: [...emails, id] }, result: undefined, effect: 'done', text: `customer ${id} is made` };
    },
  },
});
const services = { customers };

/** Two branches of one flow need the same customer. Each looks, finds none, and makes one. */
const flow = (repaired: boolean) =>
  defineScenario({
    name: 'customer-made-twice',
    title: 'two branches each make the customer if there is none',
    services,
    keys: ['ada@example.com'],
    steps: [stepOf('customers.create', 'make customer', 'one-customer')],
    goal: {
      property: 'signup-ends',
      reached: (world) => world.customers.emails.length > 0,
      missed: (where) => `The signup never ends: ${where}.`,
    },
    patterns: [
      queue<typeof services>({
        messages: [{ name: 'signup', data: { id: 'ada@example.com' } }],
        jobs: ({ services: clients }) => ({
          async signup({ data: { id } }) {
            const ensureCustomer = async (): Promise<void> => {
              if (!(await clients.customers.find({ id }))) await clients.customers.create({ id, unique: repaired });
            };
            await Promise.all([ensureCustomer(), ensureCustomer()]); // For the invoice, and for the newsletter.
          },
        }),
      }),
    ],
    assumes: [],
  });

export default defineBug({
  id: 'customer-made-twice',
  family: 'double-resume',
  pattern: 'queue',
  measure: 'unique constraint',
  fault: 'none',
  crashes: 0,
  faults: 0,
  workers: 1,
  parallel: true,
  breaks: 'one-customer',
  invisibleAtEnd: false,
  retells: {
    what: 'ACIDRain (SIGMOD 2017): read, then write, at the same time; 22 attacks on 12 shop systems',
    url: 'https://scholar.archive.org/work/3y6v2ex3yfbflfpmemktjglotm',
  },
  search: {},
  buggy: flow(false),
  repaired: flow(true),
});
