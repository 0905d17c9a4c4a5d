import { activities, sleep, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'module state',
  blame: 'module state',
  use: 'a count of failures, to give up before the first step',
  guard: 'unseen',
};

const { bookCarrier } = activities<{ bookCarrier: (parcel: string) => string }>({ retry: { maximumAttempts: 1 } });

let failures = 0;

export const wrong = workflow('carrier-circuit-breaker', async (parcel: string) => {
  if (failures >= 2) throw new Error('The carrier is down, not even tried.'); // <- blame
  try {
    return await bookCarrier(parcel);
  } catch (error) {
    failures += 1;
    throw error;
  }
});

export const repaired = workflow('carrier-circuit-breaker-repaired', async (parcel: string) => {
  for (let failed = 0; failed < 2; failed += 1) {
    try {
      return await bookCarrier(parcel);
    } catch {
      await sleep(60_000);
    }
  }
  throw new Error('The carrier is down.');
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('p1', 'p2'),
  results: { bookCarrier: fc.constantFrom('tr_1', 'tr_2') },
  failures: { bookCarrier: ['CarrierDown'] },
};
