import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'env',
  blame: 'process.env.NEW_CHECKOUT',
  use: 'as a feature flag, to choose the activity',
  guard: 'refused',
  cites: 'https://github.com/temporalio/documentation/pull/1812',
};

const { readFlag, payInOneStep, authorise, capture } = activities<{
  readFlag: (name: string) => boolean;
  payInOneStep: (cart: string) => void;
  authorise: (cart: string) => string;
  capture: (hold: string) => void;
}>();

export const wrong = workflow('env-flag-checkout', async (cart: string) => {
  const isNew = process.env.NEW_CHECKOUT === '1'; // <- blame
  if (isNew) await payInOneStep(cart);
  else await capture(await authorise(cart));
});

export const repaired = workflow('env-flag-checkout-repaired', async (cart: string) => {
  const isNew = await readFlag('NEW_CHECKOUT');
  if (isNew) await payInOneStep(cart);
  else await capture(await authorise(cart));
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('cart-1', 'cart-2'),
  results: { readFlag: fc.boolean(), payInOneStep: null, authorise: 'hold-9', capture: null },
};
