import { activities, now, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'clock',
  blame: 'Date.now()',
  use: 'to leave a loop, for how often the same activity is called',
  guard: 'recorded',
};

const MAX_OFFERS = 4;
const { loadTender, requestOffer, award } = activities<{
  loadTender: (id: string) => { closesAt: number };
  requestOffer: (id: string, number: number) => number;
  award: (id: string, price: number) => void;
}>();

export const wrong = workflow('poll-until-tender-closes', async (id: string) => {
  const { closesAt } = await loadTender(id);
  let best = 1_000;
  let asked = 0;
  while (asked < MAX_OFFERS) {
    if (Date.now() >= closesAt) break; // <- blame
    asked += 1;
    best = Math.min(best, await requestOffer(id, asked));
  }
  await award(id, best);
});

export const repaired = workflow('poll-until-tender-closes-repaired', async (id: string) => {
  const { closesAt } = await loadTender(id);
  let best = 1_000;
  let asked = 0;
  while (asked < MAX_OFFERS) {
    if (now() >= closesAt) break;
    asked += 1;
    best = Math.min(best, await requestOffer(id, asked));
  }
  await award(id, best);
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('road', 'bridge'),
  results: {
    loadTender: fc.record({ closesAt: fc.integer({ min: 1_700_000_000_000, max: 1_900_000_000_000 }) }),
    requestOffer: fc.integer({ min: 100, max: 900 }),
    award: null,
  },
};
