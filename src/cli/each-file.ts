import { closeSync, openSync, writeSync } from 'node:fs';
import type { HistoryName, Outcome } from '../determinism/replay/outcome.js';
import { cliError } from './errors.js';

/** What became of each history, written as it comes: one a line as JSON. */
export class EachFile {
  readonly #file: string;
  readonly #descriptor: number;

  /** Throws `file-not-written`. */
  constructor(file: string) {
    this.#file = file;
    this.#descriptor = this.#tried(() => openSync(file, 'w'));
  }

  add({ file, line, id, workflow }: HistoryName, { status, shows }: Outcome): void {
    const findings = shows.map(({ signature }) => signature);
    this.#tried(() =>
      writeSync(this.#descriptor, `${JSON.stringify({ file, line, id, workflow, status, findings })}\n`),
    );
  }

  close(): void {
    closeSync(this.#descriptor);
  }

  #tried<T>(write: () => T): T {
    try {
      return write();
    } catch (cause) {
      throw cliError('file-not-written', `${this.#file}: ${(cause as Error).message}.`, { cause });
    }
  }
}
