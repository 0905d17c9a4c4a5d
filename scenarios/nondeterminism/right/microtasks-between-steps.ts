import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';

export const why =
  'It lets other microtasks run first, but their order is fixed by the language, and no timer takes part.';

const { load, store } = activities<{
  load: (key: string) => number;
  store: (trail: readonly string[]) => string;
}>();

export const right = workflow('microtasks-between-steps', async (key: string) => {
  const trail: string[] = [];
  const value = await load(key);
  queueMicrotask(() => void trail.push('later'));
  await Promise.resolve();
  trail.push(`loaded ${value}`);
  await Promise.all([
    Promise.resolve().then(() => trail.push('first')),
    Promise.resolve().then(() => trail.push('second')),
  ]);
  return store(trail);
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('k1', 'k2'),
  results: { load: fc.nat(9), store: 'stored' },
};
