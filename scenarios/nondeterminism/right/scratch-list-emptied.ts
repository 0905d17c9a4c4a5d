import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';

export const why =
  'A list of the module is changed in place, but it is emptied before each use, and read before the next step.';

const { listLines, print } = activities<{
  listLines: (order: string) => readonly string[];
  print: (lines: readonly string[]) => number;
}>();

const scratch: string[] = [];

export const right = workflow('scratch-list-emptied', async (order: string) => {
  const lines = await listLines(order);
  scratch.length = 0;
  for (const line of lines) scratch.push(`${scratch.length + 1}. ${line}`);
  return print(scratch);
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('o1', 'o2'),
  results: { listLines: fc.array(fc.constantFrom('lamp', 'desk'), { maxLength: 4 }), print: fc.nat(9) },
};
