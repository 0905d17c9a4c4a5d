import { activities, workflow, workflowInfo } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';

export const why = 'The key depends on which execution runs, but that is the same on each replay.';

const { reserve, confirm } = activities<{
  reserve: (room: string, key: string) => string;
  confirm: (booking: string) => void;
}>();

export const right = workflow('key-from-execution-id', async (room: string) => {
  const { id, workflow: name } = workflowInfo();
  const booking = await reserve(room, `${name}/${id}/${room}`);
  await confirm(booking);
  return booking;
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('r1', 'r2'),
  results: { reserve: fc.constantFrom('b1', 'b2'), confirm: null },
};
