import { activities, random, sleep, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'pid',
  blame: 'process.pid',
  use: 'destructured at import, to stagger the duration of a timer',
  guard: 'unseen',
};

const { pid } = process; // <- blame
const { refreshToken, syncCalendar } = activities<{
  refreshToken: (user: string) => string;
  syncCalendar: (user: string, token: string) => number;
}>();

export const wrong = workflow('pid-at-import-stagger', async (user: string) => {
  const token = await refreshToken(user);
  await sleep((pid % 97) * 1_000);
  return syncCalendar(user, token);
});

export const repaired = workflow('pid-at-import-stagger-repaired', async (user: string) => {
  const token = await refreshToken(user);
  await sleep(Math.floor(random() * 97) * 1_000);
  return syncCalendar(user, token);
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('ada', 'grace'),
  results: { refreshToken: (user: string) => `token-of-${user}`, syncCalendar: fc.nat(50) },
};
