import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';

export const why =
  'It loops over the keys of a payload unsorted, but they are whole numbers, which every engine counts upwards.';

const { countPeople, clear } = activities<{
  countPeople: () => Readonly<Record<number, number>>;
  clear: (floor: string) => void;
}>();

export const right = workflow('floors-by-number', async (building: string) => {
  const people = await countPeople();
  const floors: string[] = [];
  for (const floor in people) if ((people[Number(floor)] ?? 0) > 0) floors.push(`${building} ${floor}`);
  for (const floor of floors) await clear(floor);
  return floors;
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('east', 'west'),
  results: { countPeople: fc.record({ 3: fc.nat(4), 1: fc.nat(4), 12: fc.nat(4) }), clear: null },
};
