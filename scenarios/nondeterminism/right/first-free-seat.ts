import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';

export const why = 'It leaves two loops at once by a label, but where, is said by recorded answers.';

const { isFree, book } = activities<{
  isFree: (row: number, seat: string) => boolean;
  book: (seat: string) => string;
}>();

export const right = workflow('first-free-seat', async (rows: number) => {
  let found: string | undefined;
  rowByRow: for (let row = 1; row <= rows; row += 1) {
    for (const seat of ['A', 'B']) {
      if (!(await isFree(row, seat))) continue;
      found = `${row}${seat}`;
      break rowByRow;
    }
  }
  return found === undefined ? 'full' : book(found);
});

export const fuzz: FuzzPlan = {
  input: fc.nat(3),
  results: { isFree: fc.boolean(), book: 'booked' },
};
