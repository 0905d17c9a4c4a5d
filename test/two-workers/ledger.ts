import { existsSync, readFileSync } from 'node:fs';

/** One effect in the outside world. */
export interface EffectLine {
  readonly execution: string;
  /** The call in the words of the workflow, known without the engine: `pack 2`. */
  readonly call: string;
  /** The idempotency key that the engine handed to the activity. */
  readonly key: string;
  readonly attempt: number;
  readonly worker: string;
  /** Names this line, and no other. */
  readonly nonce: string;
  /** When the attempt began, and when its effect landed. */
  readonly began: number;
  readonly at: number;
}

/** One report of a worker. */
export interface ReportLine {
  readonly worker: string;
  readonly code: string;
  readonly message: string;
}

/** The lines of a file that workers append to. */
export function readLines<Line>(file: string): readonly Line[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line) as Line);
}
