import {
  defineScenario,
  durableFlow,
  queueFlow,
  reconcilerFlow,
  statusColumnFlow,
  withAdditions,
  type Addition,
} from 'crashwise/simulator';
import { trialFlow } from './flow.js';
import { cardProcessor, RESERVED, searchable, services } from './services.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** What each machinery can be given that it does not have by itself. */
const ADDITIONS: readonly Addition[] = [
  { name: 'key-without-expiry', without: 'the key expires in the wait' },
  { name: 'lookup-by-id', without: 'the state between charge and invoice is not readable' },
  { name: 'quote-recorded', without: 'the quote is not recorded' },
];

/** The scenario for a customer who asks for this name. */
export function trialToPaid(name: string) {
  const flow = (has: (addition: string) => boolean) => trialFlow(name, has);
  const cards = (has: (addition: string) => boolean) => {
    const processor = cardProcessor(has('key-without-expiry') ? undefined : DAY_MS);
    return { cards: has('lookup-by-id') ? searchable(processor) : processor };
  };
  const limits = (has: (addition: string) => boolean) => ({
    backoffMs: DAY_MS, // An error here is one of hours: trying again sooner changes nothing but the number of states.
    keeps: has('quote-recorded') ? ['quote'] : [],
  });
  return defineScenario({
    name: 'trial-to-paid',
    title: 'charge a quote, wait three days, provision or refund',
    row: 'durable',
    services,
    keys: ['t1'],
    steps: [
      {
        title: 'charge card',
        effect: 'cards.charge',
        class: 'exactly-once',
        property: 'charged-once',
        key: ({ reference }: { reference: string }) => reference,
        text: ({ amount, key }: { amount: number; key: string }) => `charge ${amount}.00, key ${key}`,
        twice: (id) => `The card of trial ${id} was charged twice.`,
        never: (id) => `The card of trial ${id} was never charged.`,
      },
      {
        title: 'send invoice',
        effect: 'books.invoice',
        class: 'exactly-once',
        property: 'invoiced-once',
        key: ({ number }: { number: string }) => number,
        text: ({ amount }: { amount: number }) => `invoice ${amount}.00`,
        twice: (id) => `Trial ${id} was invoiced twice.`,
        never: (id) => `Trial ${id} was never invoiced.`,
      },
      {
        title: 'provision workspace',
        effect: 'workspaces.create',
        class: 'at-most-once', // It may be refused.
        property: 'provisioned-once',
        key: () => 't1',
        text: (request: { name: string }) => `make workspace "${request.name}"`,
        twice: (id) => `Trial ${id} got two workspaces.`,
        never: (id) => `Trial ${id} got no workspace.`,
      },
      {
        title: 'refund',
        effect: 'cards.refund',
        class: 'at-most-once', // There may be nothing to pay back.
        property: 'refunded-once',
        key: ({ charge }: { charge: string }) => charge,
        text: ({ charge }: { charge: string }) => `pay ${charge} back`,
        twice: (charge) => `${charge} was paid back twice.`,
        never: (charge) => `${charge} was never paid back.`,
      },
    ],
    invariants: [
      {
        property: 'charged-is-invoiced',
        holds: ({ cards: { charges }, books: { invoices } }) =>
          invoices.every((invoice) =>
            charges.some(({ id, amount }) => id === invoice.charge && amount === invoice.amount),
          ),
        broken: ({ cards: { charges }, books: { invoices } }) =>
          `${charges.at(-1)?.amount}.00 were charged, and ${invoices[0]?.amount}.00 invoiced.`,
      },
    ],
    goal: {
      property: 'trial-ends',
      // Provisioned and paid, or refused and refunded.
      reached: ({ cards: { charges }, books: { invoices }, workspaces: { names } }) =>
        invoices.length > 0 && charges.every(({ refunded }) => refunded !== names.length > 0),
      missed: (where) => `Trial t1 ends neither paid nor refunded: ${where}.`,
    },
    patterns: [
      withAdditions(ADDITIONS, (has) => ({ pattern: queueFlow(flow(has), limits(has)), services: cards(has) })),
      withAdditions(ADDITIONS, (has) => ({ pattern: statusColumnFlow(flow(has), limits(has)), services: cards(has) })),
      withAdditions(ADDITIONS, (has) => ({
        pattern: reconcilerFlow(flow(has), { ...limits(has), resyncMs: DAY_MS }),
        services: cards(has),
      })),
      durableFlow(flow(() => false)),
    ],
    restartWithinMs: HOUR_MS,
    expected: {
      queue: { verdict: 'violated', properties: ['charged-once', 'trial-ends'] },
      'status-column': { verdict: 'violated', properties: ['charged-once', 'trial-ends'] },
      reconciler: { verdict: 'violated', properties: ['charged-once', 'trial-ends'] },
    },
    pages: { 'charged-once': 'docs/errors/charged-twice.md', 'trial-ends': 'docs/errors/never-ends.md' },
    hints: {
      'charged-once': 'write the quote down before it is charged, and rely on a key only while the processor knows it',
      'trial-ends': 'write the quote down before it is charged, and rely on a key only while the processor knows it',
    },
    assumes: [
      'three askings for a price stand for any number of them',
      'all I/O of the flow goes through the 4 services of this scenario',
    ],
  });
}

/** A customer who asks for a name that is refused: the longest way through the flow. */
export default trialToPaid(RESERVED);
