import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'time zone',
  blame: 'Date.prototype.setHours()',
  use: 'to go back to midnight, for how many nights the same activity is called for',
  guard: 'refused',
};

const DAY_MS = 86_400_000;
const { loadStay, postNight, printBill } = activities<{
  loadStay: (room: number) => { from: number; hours: number };
  postNight: (room: number, night: number) => void;
  printBill: (room: number) => void;
}>();

async function bill(room: number, from: number, until: number): Promise<void> {
  const nights = Math.round((until - from) / DAY_MS);
  for (let night = 1; night <= nights; night += 1) await postNight(room, night);
  await printBill(room);
}

const localMidnight = (at: number): number => new Date(at).setHours(0, 0, 0, 0); // <- blame
export const wrong = workflow('nights-set-hours', async (room: number) => {
  const { from, hours } = await loadStay(room);
  await bill(room, localMidnight(from), localMidnight(from + hours * 3_600_000));
});

const midnight = (at: number): number => new Date(at).setUTCHours(0, 0, 0, 0);
export const repaired = workflow('nights-set-hours-repaired', async (room: number) => {
  const { from, hours } = await loadStay(room);
  await bill(room, midnight(from), midnight(from + hours * 3_600_000));
});

export const fuzz: FuzzPlan = {
  input: fc.integer({ min: 1, max: 40 }),
  results: {
    loadStay: fc.record({
      from: fc.integer({ min: 1_760_000_000_000, max: 1_790_000_000_000 }),
      hours: fc.integer({ min: 4, max: 80 }),
    }),
    postNight: null,
    printBill: null,
  },
};
