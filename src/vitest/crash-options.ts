import type { SimulateOptions } from '../simulator/index.js';

/** As `simulate()` takes them. */
export interface CrashOptions extends Omit<SimulateOptions, 'scenarios' | 'patterns' | 'schedule' | 'onProgress'> {
  /** Only this pattern, or these. Default: all that the scenario brings. */
  readonly pattern?: string | readonly string[] | undefined;
}
