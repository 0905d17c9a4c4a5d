import { readFileSync } from 'node:fs';

/** The text of a source file for a code frame, or undefined where it cannot be read. */
export function readSource(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
