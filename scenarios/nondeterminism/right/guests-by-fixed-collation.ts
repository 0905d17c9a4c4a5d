import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';

export const why = 'It sorts with localeCompare(), but by the rules of a named language.';

const { listGuests, printList } = activities<{
  listGuests: (event: string) => readonly string[];
  printList: (names: readonly string[]) => string;
}>();

export const right = workflow('guests-by-fixed-collation', async (event: string) => {
  const guests = await listGuests(event);
  return printList(guests.toSorted((a, b) => a.localeCompare(b, 'sv')));
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('gala', 'fair'),
  results: {
    listGuests: fc.array(fc.constantFrom('Zoe', 'Åsa', 'ada', 'Bo', 'Östen'), { maxLength: 5 }),
    printList: 'list.pdf',
  },
};
