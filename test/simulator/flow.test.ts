import {
  defineFlow,
  defineScenario,
  defineService,
  durableFlow,
  queueFlow,
  reconcilerFlow,
  simulate,
  statusColumnFlow,
  StepRefused,
  type Flow,
  type FlowStep,
  type Scenario,
} from 'crashwise/simulator';
import { describe, expect, test } from 'vitest';

// Goal: one flow, written once, runs under each machinery; what a machinery does not keep shows as a violation.

const bank = defineService({
  initial: { quotes: 0, charges: [] as readonly { key: string; amount: number; refunded?: boolean }[] },
  requests: {
    // Each asking gets another price; from the third on it stays the same.
    quote: (state) => {
      const quotes = Math.min(state.quotes + 1, 3);
      return { state: { ...state, quotes }, result: 48 + quotes, effect: 'none', text: `a quote of ${48 + quotes}` };
    },
    charge: (state, { key, amount }: { key: string; amount: number }) => {
      const known = state.charges.find((charge) => charge.key === key);
      if (known) return { state, result: known.amount, effect: 'refused', text: 'booked before' };
      const charges = [...state.charges, { key, amount }];
      return { state: { ...state, charges }, result: amount, effect: 'done', text: `books ${amount}` };
    },
    find: (state) => ({ state, result: state.charges[0] ?? null, effect: 'none', text: 'looks' }),
    refund: (state) => {
      if (state.charges.every((charge) => charge.refunded)) {
        return { state, result: null, effect: 'refused', text: 'refunded before' };
      }
      const charges = state.charges.map((charge) => ({ ...charge, refunded: true }));
      return { state: { ...state, charges }, result: null, effect: 'done', text: 'refunds' };
    },
  },
});
const shop = defineService({
  initial: { invoices: [] as readonly number[], sold: 0 },
  requests: {
    invoice: (state, { amount }: { amount: number }) => {
      if (state.invoices.length > 0) return { state, result: null, effect: 'refused', text: 'invoiced before' };
      return { state: { ...state, invoices: [amount] }, result: null, effect: 'done', text: `invoices ${amount}` };
    },
    find: (state) => ({ state, result: state.invoices[0] ?? null, effect: 'none', text: 'looks' }),
    provision: (state, { stock }: { stock: boolean }) => ({
      state,
      result: stock,
      effect: 'none',
      text: stock ? 'provides' : 'sold out',
    }),
  },
});
const services = { bank, shop };
type Steps = Record<string, FlowStep<typeof services, null>>;

const steps = {
  quote: { name: 'quote', run: (tools) => tools.services.bank.quote() },
  charge: {
    name: 'charge',
    run: async ({ services: { bank: api }, key, resultOf }) => api.charge({ key, amount: await resultOf('quote') }),
    read: async (tools) => (await tools.services.bank.find())?.amount,
    undo: ({ services: { bank: api } }) => api.refund().then(() => {}),
  },
  wait: { name: 'wait', waitMs: 3_600_000 },
  invoice: {
    name: 'invoice',
    run: async ({ services: { shop: api }, resultOf }) => api.invoice({ amount: await resultOf('charge') }),
    read: async (tools) => (await tools.services.shop.find()) ?? undefined,
  },
  invoiceQuote: {
    name: 'invoice',
    run: async ({ services: { shop: api }, resultOf }) => api.invoice({ amount: await resultOf('quote') }),
    read: async (tools) => (await tools.services.shop.find()) ?? undefined,
  },
  provision: {
    name: 'provision',
    run: async ({ services: { shop: api } }) => {
      if (!(await api.provision({ stock: false }))) throw new StepRefused('sold out');
    },
  },
} satisfies Steps;

type Goal = Scenario<typeof services>['goal']['reached'];
const sameAmount: Goal = (world) => world.shop.invoices[0] === world.bank.charges[0]?.amount;
const refunded: Goal = (world) => world.bank.charges.every((charge) => charge.refunded === true);

const PATTERNS = {
  queue: queueFlow,
  'status-column': statusColumnFlow,
  reconciler: reconcilerFlow,
  durable: durableFlow,
} as const;
type Name = keyof typeof PATTERNS;

async function outcomeOf(name: Name, flow: Flow<typeof services, null>, reached: Goal) {
  const scenario = defineScenario({
    name: 'sale',
    title: 'sale',
    services,
    keys: ['o1'],
    steps: [
      {
        title: 'charge',
        effect: 'bank.charge',
        class: 'exactly-once',
        property: 'charged-once',
        key: () => 'o1',
        text: ({ amount }: { amount: number }) => `charge ${amount}`,
        twice: () => 'o1 was charged twice.',
        never: () => 'o1 was never charged.',
      },
    ],
    goal: { property: 'ends-well', reached, missed: (where) => `It does not end well: ${where}.` },
    patterns: [PATTERNS[name](flow as never)],
    assumes: [],
  });
  const { runs } = await simulate({ scenarios: [scenario as never] });
  const { verdict, violations } = runs[0]!;
  return `${verdict} ${violations.map(({ property, crashes }) => `${property} ${crashes}`).join(', ')}`.trim();
}

const flowOf = (...list: FlowStep<typeof services, null>[]): Flow<typeof services, null> =>
  defineFlow<typeof services, null>({ id: 'o1', input: null, steps: list });

const all = Object.keys(PATTERNS) as Name[];

describe('charge, wait an hour, invoice what was charged', () => {
  test.each(all)('%s: what the bank has booked can be read back', async (name) => {
    expect(await outcomeOf(name, flowOf(steps.quote, steps.charge, steps.wait, steps.invoice), sameAmount)).toBe(
      'proved',
    );
  });
});

describe('invoice what was quoted, which is another price each time', () => {
  test.each<[Name, string]>([
    ['queue', 'violated ends-well 1'],
    ['status-column', 'violated ends-well 1'],
    ['reconciler', 'violated ends-well 1'],
    ['durable', 'proved'],
  ])('%s: %s', async (name, outcome) => {
    expect(await outcomeOf(name, flowOf(steps.quote, steps.charge, steps.invoiceQuote), sameAmount)).toBe(outcome);
  });
});

describe('a step that is refused: what came before it is undone', () => {
  test.each(all)('%s: refunded, whatever crashes', async (name) => {
    expect(await outcomeOf(name, flowOf(steps.quote, steps.charge, steps.provision), refunded)).toBe('proved');
  });

  test.each(all)('%s: without an undo it is not', async (name) => {
    const { undo: _, ...kept } = steps.charge;
    expect(await outcomeOf(name, flowOf(steps.quote, kept, steps.provision), refunded)).toBe('violated ends-well 0');
  });
});
