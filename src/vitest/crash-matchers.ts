import type { CrashOptions } from './crash-options.js';

/**
 * What `import 'crashwise/vitest'` adds to `expect(scenario)`. Each is to be awaited. `scenario` is the path of a scenario,
 * seen from the working directory, or its URL; it is loaded as `loadScenario()` does, with the errors of that. Or it is a
 * scenario that `loadScenario()` has given.
 *
 * Of one that was imported, or copied, module variables survive each crash, which no process can do. So it can break, and
 * cannot pass: where nothing breaks it, each matcher rejects with `scenario-imported`, with `.not` as well, unless
 * `assumeNoMemory` takes for granted that its modules keep nothing.
 */
export interface CrashMatchers {
  /**
   * Passes if every run of the scenario is `proved`: no crashes, however many, break any of its properties. Else it fails
   * with the story of each violation, as `crashwise simulate` tells it. What the scenario itself expects to break does
   * not count here: name the pattern that you mean.
   *
   * With `.not` it passes if a run is `violated`. A run that is `inconclusive` (a budget was used up, say) fails both ways.
   * Rejects with the errors of `simulate()`, such as `pattern-not-found`.
   *
   * @example
   * await expect('scenarios/signup/scenario.ts').toSurviveCrashes({ pattern: 'durable', budgetMs: 4_000 });
   */
  toSurviveCrashes(options?: CrashOptions): Promise<void>;

  /**
   * Passes if crashes break this property, under at least one of the patterns: a weakness that is known, or the proof
   * that a test can fail. With `.not` it passes if all runs are `proved`: where another property is broken, the search
   * does not go on, so that it fails both ways. Rejects with `scenario-invalid` for a property that the scenario does not have.
   *
   * @example
   * await expect('scenarios/signup/scenario.ts').toBreak('charged-once', { pattern: 'accidental' });
   */
  toBreak(property: string, options?: CrashOptions): Promise<void>;

  /**
   * Runs one schedule, as a story prints it, and passes if that breaks nothing: quick, and says nothing about any other.
   * With `.not` it passes if something is broken. Rejects with `schedule-misfit` if the code no longer comes to a crash
   * that the schedule names, and with `schedule-unreadable` for a text that is none.
   *
   * @example
   * await expect(new URL('./scenario.ts', import.meta.url)).toSurvive('durable:cards.charge.landed');
   */
  toSurvive(schedule: string, options?: Pick<CrashOptions, 'assumeNoMemory'>): Promise<void>;
}
