import type { FuzzOptions } from '../determinism/index.js';

/** As `fuzz()` takes them. */
export interface DeterminismOptions extends Pick<FuzzOptions, 'maxRuns' | 'budgetMs' | 'seed' | 'portable'> {
  /** Only the workflows whose name fits this, or one of these: `*` is any text. Default: all of the module. */
  readonly only?: string | readonly string[] | undefined;
}

/** What `import 'crashwise/vitest'` adds to `expect(module)`, where `module` is the path or file URL of one with workflows. */
export interface DeterminismMatchers {
  /**
   * Passes if no workflow of the module is found to differ when it is replayed in other surroundings, as `crashwise fuzz`
   * searches for it. Else it fails with what differs, the line to blame, and how to see it again.
   *
   * With `.not` it passes if a workflow is divergent. Where none is and one is inconclusive, it fails both ways. Rejects with
   * the errors of `fuzz()`, and with `invalid-argument` for what is neither path nor file URL, or if no workflow fits.
   *
   * @example
   * await expect('src/workflows.ts').toBeDeterministic({ only: 'order*', maxRuns: 200, budgetMs: 4_000 });
   */
  toBeDeterministic(options?: DeterminismOptions): Promise<void>;
}
