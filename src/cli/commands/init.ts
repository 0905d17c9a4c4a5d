import { EXIT, type ExitCode } from '../../results/exit-codes.js';
import type { InputOf } from '../command-table.js';
import { cliError } from '../errors.js';
import { DEFAULT_ANSWERS, type InitAnswers } from '../init/answers.js';
import { ask } from '../init/ask.js';
import { initScenario } from '../init/init-scenario.js';
import type { Output } from '../output.js';
import { initScreen } from '../screens/init-screen.js';
import type { initTable } from '../tables/init.js';

/** `crashwise init`. */
export async function initCommand(input: InputOf<typeof initTable>, output: Output): Promise<ExitCode> {
  const { entity, pattern, steps, twice } = input;
  const given = Object.fromEntries(
    Object.entries({ entity, pattern, steps, twice }).filter(([, value]) => value !== undefined),
  ) as Partial<InitAnswers>;
  const answers = input.yes ? given : await answersFor(given, output);
  if (!answers) return EXIT.INTERRUPTED;
  const result = await initScenario(answers);
  if (output.json) output.document(result);
  else output.data(initScreen(result));
  return EXIT.CLEAN;
}

/** Undefined: the questions were left with Ctrl-C. */
async function answersFor(given: Partial<InitAnswers>, output: Output): Promise<Partial<InitAnswers> | undefined> {
  const missing = (['entity', 'pattern', 'steps'] as const).filter((name) => given[name] === undefined);
  if (missing.length === 0) return given;
  if (!mayAsk()) throw unanswered(missing);
  try {
    return await ask(given);
  } catch (error) {
    if (!(error instanceof Error && error.name === 'ExitPromptError')) throw error;
    output.talk('\nInterrupted: nothing was written.\n');
    return undefined;
  }
}

function mayAsk(): boolean {
  const { CI = '' } = process.env;
  return process.stdin.isTTY && CI === '';
}

function unanswered(missing: readonly (keyof InitAnswers)[]): Error {
  const flags = missing.map((name) => `--${name} (${[DEFAULT_ANSWERS[name]].flat().join(',')})`);
  const message = `Not answered, and here nobody can be asked: ${flags.join(', ')}.`;
  return cliError('usage', message, { hint: 'Give these flags, or --yes for what stands in brackets.' });
}
