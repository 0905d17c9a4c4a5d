import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'module state',
  blame: 'module state',
  use: 'the lastIndex of a global regular expression, to fail the workflow',
  guard: 'unseen',
};

interface Checkout {
  readonly cart: string;
  readonly coupon: string;
}

const { applyDiscount } = activities<{ applyDiscount: (cart: string, coupon: string) => number }>();

const COUPON = /^[A-Z]{4}-\d{2}$/g;

export const wrong = workflow('coupon-sticky-regex', async ({ cart, coupon }: Checkout) => {
  const isCoupon = COUPON.test(coupon); // <- blame
  if (!isCoupon) throw new Error(`${coupon} is not a coupon.`);
  return applyDiscount(cart, coupon);
});

export const repaired = workflow('coupon-sticky-regex-repaired', async ({ cart, coupon }: Checkout) => {
  const isCoupon = /^[A-Z]{4}-\d{2}$/.test(coupon);
  if (!isCoupon) throw new Error(`${coupon} is not a coupon.`);
  return applyDiscount(cart, coupon);
});

export const fuzz: FuzzPlan = {
  input: fc.record({ cart: fc.constantFrom('c1', 'c2'), coupon: fc.constantFrom('SAVE-10', 'GIFT-25', 'save') }),
  results: { applyDiscount: fc.nat(5_000) },
};
