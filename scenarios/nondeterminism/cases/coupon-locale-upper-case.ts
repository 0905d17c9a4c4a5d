import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'locale',
  blame: 'String.prototype.toLocaleUpperCase()',
  use: 'to compare a code that has an i in it, to choose the activity',
  guard: 'refused',
  cites: 'https://github.com/fusesource/jansi/issues/11',
};

const KNOWN = new Set(['SPRING', 'FRIENDS', 'LAUNCH']);
const { readCode, applyDiscount, chargeInFull } = activities<{
  readCode: (cart: string) => string;
  applyDiscount: (cart: string) => void;
  chargeInFull: (cart: string) => void;
}>();

export const wrong = workflow('coupon-locale-upper-case', async (cart: string) => {
  const typed = await readCode(cart);
  const code = typed.toLocaleUpperCase(); // <- blame
  await (KNOWN.has(code) ? applyDiscount(cart) : chargeInFull(cart));
});

export const repaired = workflow('coupon-locale-upper-case-repaired', async (cart: string) => {
  const typed = await readCode(cart);
  const code = typed.toUpperCase();
  await (KNOWN.has(code) ? applyDiscount(cart) : chargeInFull(cart));
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('cart-1', 'cart-2'),
  results: {
    readCode: fc.constantFrom('spring', 'Friends', 'launch', 'winter'),
    applyDiscount: null,
    chargeInFull: null,
  },
};
