import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';

export const why = 'It loops over a Set, but one of this execution, filled in the order of a recorded array.';

const { listVisits, thank } = activities<{
  listVisits: (day: string) => readonly string[];
  thank: (visitor: string) => void;
}>();

export const right = workflow('visitors-in-a-local-set', async (day: string) => {
  const visitors = new Set(await listVisits(day));
  for (const visitor of visitors) await thank(visitor);
  return [...visitors];
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('monday', 'friday'),
  results: { listVisits: fc.array(fc.constantFrom('ada', 'bo', 'cy', 'edith'), { maxLength: 5 }), thank: null },
};
