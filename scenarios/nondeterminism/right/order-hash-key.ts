import { createHash } from 'node:crypto';
import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';

export const why = 'It calls the crypto module, but a hash of what the input says follows from the input.';

interface Order {
  readonly id: string;
  readonly cents: number;
}

const { charge } = activities<{ charge: (cents: number, key: string) => string }>();

export const right = workflow('order-hash-key', async ({ id, cents }: Order) => {
  const key = createHash('sha256').update(`${id}/${cents}`).digest('hex');
  return charge(cents, key);
});

export const fuzz: FuzzPlan = {
  input: fc.record({ id: fc.constantFrom('o1', 'o2'), cents: fc.nat(9_000) }),
  results: { charge: fc.constantFrom('ch_1', 'ch_2') },
};
