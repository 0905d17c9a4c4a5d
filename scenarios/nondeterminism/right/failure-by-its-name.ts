import { activities, ActivityFailure, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';

export const why = 'It catches an error and looks at its class and name, but both are made from what is recorded.';

const { withdraw, block, ask } = activities<{
  withdraw: (account: string) => string;
  block: (account: string) => void;
  ask: (account: string, why: string) => void;
}>({ retry: { maximumAttempts: 1 } });

export const right = workflow('failure-by-its-name', async (account: string) => {
  try {
    return await withdraw(account);
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    if (error.failure.name === 'StolenCard') await block(account);
    else await ask(account, error.failure.message);
    return error.failure.name;
  }
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('a1', 'a2'),
  results: { withdraw: 'tx_1', block: null, ask: null },
  failures: { withdraw: ['StolenCard', 'TooMuch'], block: [], ask: [] },
};
