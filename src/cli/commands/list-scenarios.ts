import { EXIT, type ExitCode } from '../../results/exit-codes.js';
import type { ScenarioListResult } from '../../results/index.js';
import { runAside } from '../aside/run-aside.js';
import type { FoundScenario } from '../find-scenarios.js';
import type { Output } from '../output.js';

/** `crashwise simulate --list`: loads the scenarios, runs none. */
export async function listScenarios(found: readonly FoundScenario[], output: Output): Promise<ExitCode> {
  const result = await runAside('list', found, { output });
  if (output.json) output.document(result);
  else output.data(text(result, Math.max(...found.map(({ target }) => target.length))));
  return EXIT.CLEAN;
}

function text({ scenarios }: ScenarioListResult, width: number): string {
  const lines = scenarios.flatMap(({ name, title, file, patterns }) => [
    `${name.padEnd(width)}  ${title}`,
    `${''.padEnd(width)}  ${patterns.map((pattern) => `${pattern.name}: ${pattern.expected} expected`).join(' · ')}`,
    `${''.padEnd(width)}  ${file}`,
  ]);
  return `${lines.join('\n')}\n`;
}
