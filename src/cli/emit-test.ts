import { existsSync, readFileSync } from 'node:fs';
import { dirname, extname, relative, resolve, sep } from 'node:path';
import { testFile } from '../report/vitest/test-file.js';
import type { SimulationViolation } from '../results/index.js';
import { cliError } from './errors.js';
import type { FoundScenario } from './find-scenarios.js';
import { shownPath } from '../loader/shown-path.js';
import { makeWritable, writeWhole } from './write-whole.js';

const EXTENSIONS = new Set(['.ts', '.mts', '.js', '.mjs']);

/** Throws `usage` and `file-not-written` for a test that could not be written or not import its scenario. */
export function mustBeEmittable(file: string, found: readonly FoundScenario[]): void {
  if (!EXTENSIONS.has(extname(file))) {
    const hint = 'vitest finds files such as charged-once.test.ts.';
    throw cliError('usage', `--emit-test takes a .ts, .mts, .js or .mjs file, not ${file}.`, { hint });
  }
  const shipped = found.find((one) => one.shipped);
  if (shipped) {
    const hint = `Copy it to a folder of yours first: cp -r ${shownPath(dirname(shipped.file))} scenarios/`;
    throw cliError('usage', `${shipped.name} comes with crashwise: a test of yours cannot import it.`, { hint });
  }
  makeWritable(file);
}

/** Writes the test for a violation. Throws `file-exists` for a file with other content, and `file-not-written`. */
export function emitTest(
  file: string,
  violation: SimulationViolation,
  scenario: FoundScenario,
  talk: (text: string) => void,
): void {
  const text = testFile(violation, { scenario: pathFrom(file, scenario.file) });
  const shown = shownPath(file);
  if (!existsSync(file)) {
    writeWhole(file, text);
    talk(`${shown}: the test for ${violation.property} is written. Run it: npx vitest run ${shown}\n`);
  } else if (readFileSync(file, 'utf8') === text) {
    talk(`${shown}: the test for ${violation.property} is there already.\n`);
  } else {
    throw cliError('file-exists', `${shown} is there, with other content than the test for ${violation.property}.`);
  }
}

function pathFrom(from: string, file: string): string {
  const path = relative(dirname(resolve(from)), file).replaceAll(sep, '/');
  return path.startsWith('.') ? path : `./${path}`;
}
