import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';

export const why = 'It writes to the console, and writes again on replay, but nothing comes back from there.';

const { upload } = activities<{ upload: (file: string) => { isComplete: boolean } }>();

export const right = workflow('retry-said-aloud', async (file: string) => {
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    const { isComplete } = await upload(file);
    if (isComplete) return attempt;
    if (attempt === 3) console.log(`${file} is given up.`);
  }
  throw new Error(`${file} was not uploaded.`);
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('a.zip', 'b.zip'),
  results: { upload: fc.record({ isComplete: fc.constantFrom(true, false, false) }) },
};
