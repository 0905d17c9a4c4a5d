import { activities, workflow, workflowInfo } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'clock',
  blame: 'process.hrtime.bigint()',
  use: 'as a reference in the message of the error that fails the workflow',
  guard: 'refused',
};

const { reserveSeats } = activities<{ reserveSeats: (show: string, seats: number) => boolean }>();

interface Booking {
  readonly show: string;
  readonly seats: number;
}

export const wrong = workflow('hrtime-reference-in-failure', async ({ show, seats }: Booking) => {
  if (await reserveSeats(show, seats)) return seats;
  const reference = process.hrtime.bigint().toString(36); // <- blame
  throw new Error(`No ${seats} seats left for ${show} (reference ${reference})`);
});

export const repaired = workflow('hrtime-reference-in-failure-repaired', async ({ show, seats }: Booking) => {
  if (await reserveSeats(show, seats)) return seats;
  throw new Error(`No ${seats} seats left for ${show} (reference ${workflowInfo().id})`);
});

export const fuzz: FuzzPlan = {
  input: fc.record({ show: fc.constantFrom('matinee', 'evening'), seats: fc.integer({ min: 1, max: 8 }) }),
  results: { reserveSeats: fc.boolean() },
};
