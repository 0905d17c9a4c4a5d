import { activities, random, sleep, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';

export const why =
  'The length of a timer is computed, with jitter, but from a local count and the random numbers of the execution.';

const { fetchPage } = activities<{ fetchPage: (url: string) => { status: number } }>();

export const right = workflow('retry-with-computed-sleep', async (url: string) => {
  for (let attempt = 1; attempt <= 4; attempt += 1) {
    const { status } = await fetchPage(url);
    if (status === 200) return attempt;
    await sleep(1_000 * 2 ** attempt + Math.floor(random() * 500));
  }
  return 'given up';
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('/a', '/b'),
  results: { fetchPage: fc.record({ status: fc.constantFrom(200, 429, 503) }) },
};
