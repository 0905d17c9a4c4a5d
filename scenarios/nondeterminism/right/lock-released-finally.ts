import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';

export const why = 'A step runs in a finally block, but a failure is recorded too, so a replay comes the same way.';

const { lock, migrate, unlock } = activities<{
  lock: (database: string) => string;
  migrate: (database: string) => number;
  unlock: (token: string) => void;
}>({ retry: { maximumAttempts: 1 } });

export const right = workflow('lock-released-finally', async (database: string) => {
  const token = await lock(database);
  try {
    return await migrate(database);
  } finally {
    await unlock(token);
  }
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('orders', 'users'),
  results: { lock: fc.constantFrom('l1', 'l2'), migrate: fc.nat(40), unlock: null },
  failures: { lock: ['Busy'], migrate: ['BadColumn'], unlock: [] },
};
