import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';

export const why =
  'A regular expression of the module is used by all executions, but without a flag that keeps its place.';

const { applyDiscount } = activities<{ applyDiscount: (coupon: string) => number }>();

const COUPON = /^[A-Z]{4}-\d{2}$/;

export const right = workflow('coupon-plain-regex', async (coupon: string) => {
  if (!COUPON.test(coupon)) throw new Error(`${coupon} is not a coupon.`);
  return applyDiscount(coupon);
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('SAVE-10', 'GIFT-25', 'save'),
  results: { applyDiscount: fc.nat(5_000) },
};
