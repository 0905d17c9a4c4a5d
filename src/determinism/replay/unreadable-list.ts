import type { CrashwiseError } from '../../engine/index.js';
import type { ReplayResult } from '../../results/index.js';

const MOST = 100;

/** What could not be read: the first of it whole, the rest as a number. */
export class UnreadableList {
  readonly #first: ReplayResult['unreadable']['first'] = [];
  #count = 0;

  add(
    { file, line }: { readonly file: string; readonly line: number | null },
    error: Pick<CrashwiseError, 'code' | 'message'>,
  ): void {
    this.#count += 1;
    if (this.#first.length < MOST) this.#first.push({ file, line, code: error.code, message: error.message });
  }

  result(): ReplayResult['unreadable'] {
    return { count: this.#count, first: this.#first };
  }
}
