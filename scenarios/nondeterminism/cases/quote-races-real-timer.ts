import { activities, sleep, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'latency',
  blame: 'setTimeout()',
  use: 'raced with an activity, for a step more when it wins',
  guard: 'refused',
};

const PATIENCE_MS = 50;

const { loadQuote, apologise } = activities<{
  loadQuote: (lane: string) => { euros: number };
  apologise: (lane: string) => void;
}>();

const patience = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, PATIENCE_MS); // <- blame
  });

export const wrong = workflow('quote-races-real-timer', async (lane: string) => {
  const quote = loadQuote(lane).then(({ euros }) => euros);
  const first = await Promise.race([quote, patience().then(() => 'slow' as const)]);
  const euros = await quote;
  if (first === 'slow') await apologise(lane);
  return euros;
});

export const repaired = workflow('quote-races-real-timer-repaired', async (lane: string) => {
  const quote = loadQuote(lane).then(({ euros }) => euros);
  const first = await Promise.race([quote, sleep(PATIENCE_MS).then(() => 'slow' as const)]);
  const euros = await quote;
  if (first === 'slow') await apologise(lane);
  return euros;
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('ghent-lyon', 'ulm-porto'),
  results: { loadQuote: fc.record({ euros: fc.nat(900) }), apologise: null },
};
