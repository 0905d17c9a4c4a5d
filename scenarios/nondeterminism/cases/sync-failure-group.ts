import { createHash } from 'node:crypto';
import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'error stack',
  blame: 'error stack',
  use: 'hashed, as the group of a failure in the result',
  guard: 'unseen',
};

const { syncCalendar } = activities<{ syncCalendar: (user: string) => number }>({ retry: { maximumAttempts: 1 } });

const groupOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12);

export const wrong = workflow('sync-failure-group', async (user: string) => {
  try {
    return { synced: await syncCalendar(user) };
  } catch (error) {
    const { name, stack = name } = error as Error; // <- blame
    return { synced: 0, group: groupOf(stack) };
  }
});

export const repaired = workflow('sync-failure-group-repaired', async (user: string) => {
  try {
    return { synced: await syncCalendar(user) };
  } catch (error) {
    const { name, message } = error as Error;
    return { synced: 0, group: groupOf(`${name}: ${message}`) };
  }
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('ada', 'bo'),
  results: { syncCalendar: fc.nat(40) },
  failures: { syncCalendar: ['Unauthorized', 'RateLimited'] },
};
