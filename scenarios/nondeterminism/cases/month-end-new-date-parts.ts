import { activities, sleep, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'time zone',
  blame: 'new Date(year,month,...)',
  use: 'for the end of the month, until which a timer runs',
  guard: 'refused',
};

interface Period {
  readonly year: number;
  /** From 0. */
  readonly month: number;
}
const { openPeriod, closePeriod } = activities<{
  openPeriod: (period: Period) => number;
  closePeriod: (period: Period) => void;
}>();

export const wrong = workflow('month-end-new-date-parts', async (period: Period) => {
  const openedAt = await openPeriod(period);
  const endsAt = new Date(period.year, period.month + 1, 1).getTime(); // <- blame
  await sleep(endsAt - openedAt);
  await closePeriod(period);
});

export const repaired = workflow('month-end-new-date-parts-repaired', async (period: Period) => {
  const openedAt = await openPeriod(period);
  const endsAt = Date.UTC(period.year, period.month + 1, 1);
  await sleep(endsAt - openedAt);
  await closePeriod(period);
});

export const fuzz: FuzzPlan = {
  input: fc.record({ year: fc.integer({ min: 2024, max: 2027 }), month: fc.nat(11) }),
  results: { openPeriod: ({ year, month }: Period) => Date.UTC(year, month, 2, 8), closePeriod: null },
};
