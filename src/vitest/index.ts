import { expect } from 'vitest';
import { matchers } from './matchers.js';
import type { CrashMatchers } from './crash-matchers.js';
import type { DeterminismMatchers } from './determinism-matchers.js';

expect.extend(matchers);

export type { CrashMatchers } from './crash-matchers.js';
export type { CrashOptions } from './crash-options.js';
export type { DeterminismMatchers, DeterminismOptions } from './determinism-matchers.js';

declare global {
  // What `expect()` of vitest 3, 4 and 5 takes over into its own type. That type has other parameters in each of them, so
  // that no one declaration could add to it.
  namespace Chai {
    interface Assertion extends CrashMatchers, DeterminismMatchers {}
  }
}
