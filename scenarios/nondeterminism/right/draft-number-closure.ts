import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';

export const why = 'A counter grows with each step, but it lives in the closure of one execution.';

const { saveDraft } = activities<{ saveDraft: (name: string, text: string) => number }>();

function numbering(prefix: string): () => string {
  let last = 0;
  return () => `${prefix}-${(last += 1)}`;
}

export const right = workflow('draft-number-closure', async (texts: readonly string[]) => {
  const next = numbering('draft');
  let bytes = 0;
  for (const text of texts) bytes += await saveDraft(next(), text);
  return { bytes, next: next() };
});

export const fuzz: FuzzPlan = {
  input: fc.array(fc.constantFrom('Dear Ada', 'Dear Bo'), { maxLength: 4 }),
  results: { saveDraft: fc.nat(200) },
};
