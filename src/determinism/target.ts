import type { Coverage } from './branches/coverage.js';
import type { Workflow } from '../engine/index.js';

/** The workflows of a module, and how to have them in a new process. */
export interface Target {
  /** Which of them is looked at. */
  readonly workflow: string;
  /** All workflows of the module, evaluated anew where that can be done. */
  readonly fresh: () => Promise<readonly Workflow[]>;
  /** Workflows that do not come to an end: none of them runs before another one. */
  readonly endless?: readonly string[] | undefined;
  /** Hears which workflow runs next, as one that never comes to an end says nothing any more. */
  readonly onRunning?: ((workflow: string) => void) | undefined;
  /** Texts that the code compares with. */
  readonly words: readonly string[];
  /** Of the user's own files, where they could be read. */
  readonly coverage?: Pick<Coverage, 'during'> | undefined;
}
