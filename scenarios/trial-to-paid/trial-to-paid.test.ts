import { addTo, queue, simulate, type Scenario } from 'crashwise/simulator';
import { describe, expect, test } from 'vitest';
import scenario, { trialToPaid } from './scenario.js';

const HOUR_MS = 3_600_000;
const refused = scenario as unknown as Scenario;
const accepted = trialToPaid('ada') as unknown as Scenario;

const NEEDS = {
  queue: ['key-without-expiry', 'quote-recorded'],
  'status-column': ['quote-recorded'],
  reconciler: ['lookup-by-id'],
  durable: [],
} as const;

async function run(changed: Scenario, pattern?: string) {
  const { runs } = await simulate({ scenarios: [changed], patterns: pattern ? [pattern] : undefined });
  return runs[0]!;
}

async function outcomeOf(changed: Scenario, pattern?: string): Promise<string> {
  const { verdict, violations } = await run(changed, pattern);
  return [verdict, ...violations.map(({ property, crashes }) => `${property} ${crashes}`)].join(' ');
}

describe.each([
  ['refused', refused],
  ['accepted', accepted],
])('a name that is %s', (_, changed) => {
  test('durable is proved; each of the others charges twice after one crash, for want of something', async () => {
    const { runs } = await simulate({ scenarios: [changed], matrix: true });
    expect(runs).toMatchObject([
      {
        pattern: 'queue',
        verdict: 'violated',
        closed: true,
        needs: NEEDS.queue,
        causes: ['the key expires in the wait', 'the quote is not recorded'],
      },
      {
        pattern: 'status-column',
        verdict: 'violated',
        closed: true,
        needs: NEEDS['status-column'],
        causes: ['the quote is not recorded'],
      },
      {
        pattern: 'reconciler',
        verdict: 'violated',
        closed: true,
        needs: NEEDS.reconciler,
        causes: ['the state between charge and invoice is not readable'],
      },
      { pattern: 'durable', verdict: 'proved', closed: true, needs: [], causes: [], violations: [] },
    ]);
    for (const { violations } of runs.slice(0, 3)) {
      expect(violations[0]).toMatchObject({ property: 'charged-once', crashes: 1 });
    }
  });

  test.each(['queue', 'status-column', 'reconciler'] as const)('%s is proved with exactly that', async (pattern) => {
    expect(await outcomeOf(addTo(changed, pattern, NEEDS[pattern]))).toBe('proved');
  });
});

test('of the two that a queue needs, neither is enough', async () => {
  // The quote is kept, and the key is forgotten while it waits.
  expect(await outcomeOf(addTo(refused, 'queue', ['quote-recorded']))).toMatch(/^violated charged-once 1/);
  // The key is kept, and it comes with another amount each time.
  expect(await outcomeOf(addTo(refused, 'queue', ['key-without-expiry']))).toBe('violated trial-ends 1');
});

// A queue can hand on what it knows: each step is a message of its own, with the quote in it.
test('the quote in the next message does not help: handing on and acknowledging are two operations', async () => {
  interface Data {
    readonly id: string;
    readonly amount: number;
    readonly charge: string;
  }
  const chain = queue<typeof scenario.services>({
    messages: [{ name: 'quote', data: { id: 't1' } }],
    backoffMs: 24 * HOUR_MS,
    jobs: ({ services: { prices, cards, books, workspaces }, queue: { add } }) => ({
      async quote({ data: { id } }: { data: Data }) {
        await add('charge', { id, ...(await prices.quote()) });
      },
      async charge({ data: { id, amount } }: { data: Data }) {
        const booked = await cards.charge({ reference: id, amount, key: id });
        if (booked.conflict) throw new Error('the processor knows this key with another amount');
        await books.invoice({ number: id, charge: booked.charge, amount });
        await add('provision', { id, charge: booked.charge }, { delayMs: 72 * HOUR_MS });
      },
      async provision({ data: { charge } }: { data: Data }) {
        if ((await workspaces.create({ name: 'admin' })) === 'refused') await cards.refund({ charge });
      },
    }),
  });
  // Two chains side by side have very many states; the first few are enough.
  const { runs } = await simulate({ scenarios: [{ ...refused, patterns: [chain] }], maxStates: 50 });
  expect(runs[0]!.violations).toContainEqual(expect.objectContaining({ property: 'charged-once', crashes: 1 }));
});

test('the certificate says how long a worker may stay away, and what that takes for granted', async () => {
  const { certificate } = await run(refused, 'durable');
  expect(certificate.assumes).toContain(
    'a dead worker is back within 1h, before or after each deadline that falls due meanwhile (restartWithin: 1h)',
  );
  expect(certificate.assumes.join('\n')).toContain('do not add up');
});

test('a worker that may stay away until the key is forgotten charges twice, under durable execution, too', async () => {
  const { restartWithinMs: _, ...any } = refused;
  expect(await outcomeOf(any, 'durable')).toMatch(/^violated charged-once 1/);
  expect(await outcomeOf({ ...any, restartWithinMs: 24 * HOUR_MS }, 'durable')).toMatch(/^violated charged-once 1/);
  expect(await outcomeOf({ ...any, restartWithinMs: 23 * HOUR_MS }, 'durable')).toBe('proved');
});

test('an invoice over another price than the charge breaks its property, without waiting for the end', async () => {
  const { books, ...services } = scenario.services;
  const invoice: typeof books.requests.invoice = (state, request) =>
    books.requests.invoice(state, { ...request, amount: request.amount + 1 });
  const dearer = { ...books, requests: { ...books.requests, invoice } };
  const changed = { ...refused, services: { ...services, books: dearer } };
  expect(await outcomeOf(changed, 'durable')).toMatch(/charged-is-invoiced 0/);
});

test('a refund that does nothing is missed at the end', async () => {
  const { cards, ...services } = scenario.services;
  const refund: typeof cards.requests.refund = (state) => ({ state, result: null, effect: 'refused', text: 'lost' });
  const changed = {
    ...refused,
    services: { ...services, cards: { ...cards, requests: { ...cards.requests, refund } } },
  };
  expect(await outcomeOf(changed, 'durable')).toBe('violated trial-ends 0');
});
