import type { Call, Statement, Trial } from './program.js';

const call = (label: number, slowMs: number): Call => {
  const fields = { policy: 'once', fails: 0, error: 'Error', arg: { kind: 'constant', value: 0 } } as const;
  return { kind: 'call', label, name: 'fetch', slowMs, ...fields };
};

const trial = (...program: readonly Statement[]): Trial => {
  return { program, version: 1, upgradeAt: null, signals: [], seed: 1 };
};

/** Small trials that showed a bug of the engine once. */
export const REGRESSIONS: readonly { readonly name: string; readonly trial: Trial }[] = [
  {
    name: 'one of two activities has ended, the worker dies while the other is under way',
    trial: trial({ kind: 'all', label: 1, branches: [[call(2, 0)], [call(3, 1_000)]] }),
  },
  {
    name: 'the worker dies with an activity under way, long before the next timer',
    trial: trial({
      kind: 'all',
      label: 1,
      branches: [[{ kind: 'sleep', label: 2, ms: 60_000 }], [call(3, 0)], [call(4, 1_000), call(5, 0)]],
    }),
  },
  {
    name: 'a timer is due at once while an activity is under way',
    trial: trial({ kind: 'all', label: 1, branches: [[{ kind: 'sleep', label: 2, ms: 0 }], [call(3, 1_000)]] }),
  },
];
