import { CrashwiseError } from '../engine/index.js';
import { SIMULATOR_ERRORS } from './errors.js';

/**
 * A life did something else when it was run again: `scenario-unsteady`, and no fault of who asked for the run. `simulate`
 * makes an `inconclusive` run of it.
 */
export class Unsteady extends CrashwiseError {
  /** The moment at which two runs of the life part, as an index. */
  readonly at: number | undefined;

  constructor(message: string, options: { readonly at?: number; readonly cause?: unknown } = {}) {
    super('scenario-unsteady', message, SIMULATOR_ERRORS['scenario-unsteady'], options);
    this.at = options.at;
  }
}
