import { activities, uuid, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';

export const why = 'The idempotency key is a fresh UUID, but one that follows from the recorded seed.';

const { transfer, notify } = activities<{
  transfer: (cents: number, idempotencyKey: string) => string;
  notify: (receipt: string, idempotencyKey: string) => void;
}>();

export const right = workflow('transfer-key-uuid', async (cents: number) => {
  const receipt = await transfer(cents, uuid());
  await notify(receipt, uuid());
  return receipt;
});

export const fuzz: FuzzPlan = {
  input: fc.nat(9_000),
  results: { transfer: fc.constantFrom('tx_1', 'tx_2'), notify: null },
};
