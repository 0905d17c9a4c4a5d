import type { SimulateOptions } from '../simulator/index.js';

/** As `simulate()` takes them, and what an imported scenario needs. */
export interface CrashOptions extends Omit<SimulateOptions, 'scenarios' | 'patterns' | 'schedule' | 'onProgress'> {
  /** Only this pattern, or these. Default: all that the scenario brings. */
  readonly pattern?: string | readonly string[] | undefined;
  /**
   * Whether to take it for granted that no variable of a module keeps anything from life to life, so that a scenario that
   * was imported can pass. The certificate says so. Where it is not true, bugs pass. Default false.
   */
  readonly assumeNoMemory?: boolean | undefined;
}
