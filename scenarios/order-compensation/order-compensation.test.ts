import { activities, workflow, type Workflow } from 'crashwise/engine';
import { durable } from 'crashwise/simulator';
import { expect, test } from 'vitest';
import { outcomeOf, run } from '../../test/scenarios/run.js';
import scenario from './scenario.js';
import { order, orderActivities } from './workflow.js';

type Clients = Parameters<typeof orderActivities>[0];

interface Code {
  readonly code?: Workflow<{ id: string }>;
  readonly toActivities?: (clients: Clients) => object;
}

/** The engine running other code of this flow, or other activities. */
function withCode({ code = order, toActivities = orderActivities }: Code): object {
  const pattern = durable({ workflow: code, activities: toActivities, start: { id: 'o1', input: { id: 'o1' } } });
  return { ...scenario, patterns: [pattern] };
}

const { reserve, release, charge, refund, ship } = activities<ReturnType<typeof orderActivities>>();

test('durable is proved, with crashes inside the compensation, and both ends are reached', async () => {
  const { verdict, closed, coverage, properties } = await run(scenario, 'durable');
  expect({ verdict, closed }).toEqual({ verdict: 'proved', closed: true });
  expect(properties).toContain('never-shipped-and-refunded');
  expect(coverage.sometimes).toContainEqual({ name: 'carrier.ship happens', taken: true });
  expect(coverage.sometimes).toContainEqual({ name: 'cards.refund happens', taken: true });
  expect(coverage.sometimes).toContainEqual({ name: 'cards.refund is sent again and refused', taken: true });
});

test('the queue ships what it has refunded, after one crash inside the compensation', async () => {
  const { verdict, violations } = await run(scenario, 'queue');
  expect(verdict).toBe('violated');
  expect(violations).toMatchObject([
    {
      property: 'never-shipped-and-refunded',
      kind: 'invariant',
      crashes: 1,
      schedule: 'queue:cards.refund.landed',
      sentence: 'Order o1 was shipped, and refunded as well.',
    },
  ]);
});

test('a refund without a key is made twice by a crash inside the compensation', async () => {
  const toActivities = (clients: Clients): object => ({
    ...orderActivities(clients),
    refund: (id: string) => clients.cards.refund({ order: id }),
  });
  const { broken } = await outcomeOf(withCode({ toActivities }), 'durable');
  expect(broken).toEqual(['refunded-once, 1: Order o1 was refunded twice. Each crash there does it once more.']);
});

test('a compensation that forgets a step never ends well, without any crash', async () => {
  const code = workflow('order', async ({ id }: { id: string }) => {
    await reserve(id);
    await charge(id);
    if ((await ship(id)) === 'shipped') return 'shipped';
    await refund(id);
    return 'refunded';
  });
  const { broken } = await outcomeOf(withCode({ code }), 'durable');
  expect(broken).toEqual(['order-ends, 0: Order o1 is neither shipped nor undone: execution o1 is completed.']);
});

test('undone in the order in which it was done, the invariant of the order breaks', async () => {
  const code = workflow('order', async ({ id }: { id: string }) => {
    await reserve(id);
    await charge(id);
    if ((await ship(id)) === 'shipped') return 'shipped';
    await release(id);
    await refund(id);
    return 'refunded';
  });
  const { broken } = await outcomeOf(withCode({ code }), 'durable');
  expect(broken).toEqual(['undone-in-reverse, 0: The goods of order o1 were released before the refund.']);
});

test('asked once more after the refund, as a patient colleague might add it, the carrier says yes', async () => {
  const code = workflow('order', async ({ id }: { id: string }) => {
    await reserve(id);
    await charge(id);
    if ((await ship(id)) === 'shipped') return 'shipped';
    await refund(id);
    if ((await ship(id)) === 'shipped') return 'shipped after all';
    await release(id);
    return 'refunded';
  });
  const { broken } = await outcomeOf(withCode({ code }), 'durable');
  expect(broken).toEqual(['never-shipped-and-refunded, 0: Order o1 was shipped, and refunded as well.']);
});
