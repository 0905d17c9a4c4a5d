import { getRandomValues } from 'node:crypto';
import { activities, random, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'crypto',
  blame: 'crypto.getRandomValues()',
  use: 'of the module, to draw the cohort that chooses the activity',
  guard: 'unseen',
};

const { loadLead, sendShortOffer, sendLongOffer } = activities<{
  loadLead: (id: string) => string;
  sendShortOffer: (email: string) => void;
  sendLongOffer: (email: string) => void;
}>();

export const wrong = workflow('cohort-module-random-values', async (id: string) => {
  const email = await loadLead(id);
  const [lot = 0] = getRandomValues(new Uint8Array(1)); // <- blame
  await (lot < 128 ? sendShortOffer(email) : sendLongOffer(email));
});

export const repaired = workflow('cohort-module-random-values-repaired', async (id: string) => {
  const email = await loadLead(id);
  const lot = random();
  await (lot < 0.5 ? sendShortOffer(email) : sendLongOffer(email));
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('l-1', 'l-2'),
  results: { loadLead: (id: string) => `${id}@example.org`, sendShortOffer: null, sendLongOffer: null },
};
