import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';

export const why = 'An object with state of its own goes through all steps, but each execution makes one.';

const { priceOf, checkOut } = activities<{
  priceOf: (sku: string) => number;
  checkOut: (lines: readonly string[], euros: number) => string;
}>();

class Cart {
  readonly lines: string[] = [];
  euros = 0;

  add(sku: string, euros: number): void {
    this.lines.push(`${sku} #${this.lines.length + 1}`);
    this.euros += euros;
  }
}

export const right = workflow('cart-instance', async (skus: readonly string[]) => {
  const cart = new Cart();
  for (const sku of skus) cart.add(sku, await priceOf(sku));
  return checkOut(cart.lines, cart.euros);
});

export const fuzz: FuzzPlan = {
  input: fc.array(fc.constantFrom('lamp', 'desk'), { maxLength: 4 }),
  results: { priceOf: fc.nat(200), checkOut: 'order_1' },
};
