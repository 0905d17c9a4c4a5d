import { randomBytes } from 'node:crypto';
import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'crypto',
  blame: 'crypto.randomBytes()',
  use: 'for a token in the result',
  guard: 'refused',
};

const { createSeat, createToken } = activities<{
  createSeat: (email: string) => number;
  createToken: (email: string) => string;
}>();

export const wrong = workflow('invite-token-random-bytes', async (email: string) => {
  const seat = await createSeat(email);
  const token = randomBytes(16).toString('hex'); // <- blame
  return { seat, token };
});

export const repaired = workflow('invite-token-random-bytes-repaired', async (email: string) => {
  const seat = await createSeat(email);
  const token = await createToken(email);
  return { seat, token };
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('ada@example.org', 'grace@example.org'),
  results: { createSeat: fc.nat(100), createToken: (email: string) => `token-of-${email}` },
};
