import type { SimulationViolation } from '../../results/index.js';
import { printable } from '../printable.js';

export interface TestFileOptions {
  /** The file of the scenario, seen from the folder of the test: `./scenarios/signup/scenario.ts`. */
  readonly scenario: string;
}

/**
 * A vitest file that runs the schedule of a violation again and fails for as long as its property is broken. Ends with a
 * line break.
 *
 * @example
 * writeFileSync('once.test.ts', testFile(violation, { scenario: './scenarios/signup/scenario.ts' }));
 */
export function testFile(violation: SimulationViolation, { scenario }: TestFileOptions): string {
  const { property, sentence, reproduce } = violation;
  const from = `'${scenario.replaceAll(/['\\]/g, String.raw`\$&`)}'`;
  // Loaded by path: what is imported keeps its module variables from life to life, and a bug that is in them is no more.
  const imports = [
    "import { join } from 'node:path';",
    "import { loadScenario, simulate } from 'crashwise/simulator';",
    "import { expect, test } from 'vitest';",
    '',
    `const scenario = await loadScenario(join(import.meta.dirname, ${from}));`,
  ];
  const head = [
    `// Written by crashwise simulate --emit-test. Fails until this schedule no longer breaks ${oneLine(property)}:`,
    `// ${oneLine(sentence)}`,
    '// If the code comes to other points than it did, schedule-misfit says so: then search again.',
    `// ${oneLine(reproduce.command)}`,
  ];
  return `${[...head, ...imports, '', reproduce.test].join('\n')}\n`;
}

function oneLine(text: string): string {
  return printable(text).replaceAll(/\s+/g, ' ');
}
