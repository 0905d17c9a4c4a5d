import { DEFAULT_ANSWERS, INIT_PATTERNS, type InitAnswers } from './answers.js';
import { namesIn } from '../parse-value.js';
import { entityProblem, stepsProblem, twiceProblem } from './problem-of.js';

const MACHINERY = {
  durable: 'durable: a workflow on the durable engine that comes with crashwise',
  accidental: 'accidental: a handler, a queue, a status column and a sweeper',
} as const;

/**
 * Asks for what was not given, on stderr. Rejects with inquirer's `ExitPromptError` when the questions are left.
 * inquirer takes 140 ms to load, so it is loaded here.
 */
export async function ask(given: Partial<InitAnswers>): Promise<InitAnswers> {
  const { createPromptModule } = await import('inquirer');
  const prompt = createPromptModule({ output: process.stderr });
  const entity = given.entity ?? (await askEntity());
  const pattern = given.pattern ?? (await askPattern());
  const steps = given.steps ?? (await askSteps());
  const twice = given.twice ?? (await askTwice(steps));
  return { entity, pattern, steps, twice };

  async function askEntity(): Promise<string> {
    const { entity: name } = await prompt<{ entity: string }>({
      type: 'input',
      name: 'entity',
      message: 'What is it about? One word, such as order or signup:',
      default: DEFAULT_ANSWERS.entity,
      validate: (text: string) => entityProblem(text) ?? true,
    });
    return name;
  }

  async function askPattern(): Promise<InitAnswers['pattern']> {
    const { pattern: name } = await prompt<{ pattern: InitAnswers['pattern'] }>({
      type: 'select',
      name: 'pattern',
      message: 'What does the flow run on?',
      default: DEFAULT_ANSWERS.pattern,
      choices: INIT_PATTERNS.map((value) => ({ value, name: MACHINERY[value] })),
    });
    return name;
  }

  async function askSteps(): Promise<readonly string[]> {
    const { steps: text } = await prompt<{ steps: string }>({
      type: 'input',
      name: 'steps',
      message: 'What does it do outside? In order, with commas between:',
      default: DEFAULT_ANSWERS.steps.join(', '),
      validate: (words: string) => stepsProblem(namesIn(words)) ?? true,
    });
    return namesIn(text);
  }

  async function askTwice(names: readonly string[]): Promise<readonly string[]> {
    if (names.length === 1) return []; // The scenario needs one that must not.
    const { twice: chosen } = await prompt<{ twice: string[] }>({
      type: 'checkbox',
      name: 'twice',
      message: 'Which of them may happen twice?',
      choices: names.map((value) => ({ value, checked: DEFAULT_ANSWERS.twice.includes(value) })),
      validate: (choices: readonly { value: string }[]) =>
        twiceProblem(
          choices.map(({ value }) => value),
          names,
        ) ?? true,
    });
    return chosen;
  }
}
