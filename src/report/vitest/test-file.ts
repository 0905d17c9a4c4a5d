import type { SimulationViolation } from '../../results/index.js';
import { printable } from '../printable.js';

export interface TestFileOptions {
  /** The module of the scenario, as the test imports it: `./scenarios/signup/scenario.js`. */
  readonly scenario: string;
  /** Whether the test file is TypeScript. */
  readonly typed: boolean;
}

/**
 * A vitest file that runs the schedule of a violation again and fails for as long as its property is broken. Ends with a
 * line break.
 *
 * @example
 * writeFileSync('once.test.ts', testFile(violation, { scenario: './scenarios/signup/scenario.js', typed: true }));
 */
export function testFile(violation: SimulationViolation, { scenario, typed }: TestFileOptions): string {
  const { property, sentence, reproduce } = violation;
  const from = `'${scenario.replaceAll(/['\\]/g, String.raw`\$&`)}'`;
  const imports = typed
    ? [
        "import { simulate, type Scenario } from 'crashwise/simulator';",
        "import { expect, test } from 'vitest';",
        `import subject from ${from};`,
        '',
        '// Its services are of no interest here.',
        'const scenario = subject as unknown as Scenario;',
      ]
    : [
        "import { simulate } from 'crashwise/simulator';",
        "import { expect, test } from 'vitest';",
        `import scenario from ${from};`,
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
