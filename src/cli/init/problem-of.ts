import { INIT_PATTERNS, type InitAnswers } from './answers.js';
import { camelCase } from './camel-case.js';

const MOST_STEPS = 3;
const LONGEST_NAME = 40;

/** The first thing that is wrong with the answers, as a sentence; undefined for good ones. */
export function answersProblem({ entity, pattern, steps, twice }: InitAnswers): string | undefined {
  return (
    entityProblem(entity) ??
    (INIT_PATTERNS.includes(pattern) ? undefined : `"${pattern}" is none of ${INIT_PATTERNS.join(', ')}.`) ??
    stepsProblem(steps) ??
    twiceProblem(twice, steps)
  );
}

/** What is wrong with a name for the entity, as a sentence; undefined for a good one. */
export function entityProblem(entity: string): string | undefined {
  if (/^[A-Za-z][A-Za-z\d]*(?:-[A-Za-z\d]+)*$/.test(entity) && entity.length <= LONGEST_NAME) return undefined;
  return `A name has letters, digits and single dashes between them, begins with a letter and has at most ${LONGEST_NAME} characters: trial-signup.`;
}

/** As `entityProblem`, for the steps of the flow. */
export function stepsProblem(steps: readonly string[]): string | undefined {
  if (steps.length === 0 || steps.length > MOST_STEPS) {
    return `A first flow has 1 to ${MOST_STEPS} steps, with commas between them: charge card, send mail.`;
  }
  const odd = steps.find(
    (step) => !/^[A-Za-z][A-Za-z\d]*(?:[ -][A-Za-z\d]+)*$/.test(step) || step.length > LONGEST_NAME,
  );
  if (odd !== undefined) {
    return `"${odd}" is no step: it takes words of letters and digits, a letter first and at most ${LONGEST_NAME} characters.`;
  }
  const names = steps.map(camelCase);
  // The engine takes no activity of a name that every object has, and `await` calls a `then`.
  const special = steps.find((step) => camelCase(step) in Object.prototype || camelCase(step) === 'then');
  if (special !== undefined) return `"${special}" is no step: the name means something else to JavaScript.`;
  const alike = names.map((name) => name.toLowerCase());
  const again = steps.find((_, index) => alike.indexOf(alike[index]!) < index);
  return again === undefined ? undefined : `"${again}" is there twice: give each step a name of its own.`;
}

/** As `entityProblem`, for those of the steps that may happen twice. */
export function twiceProblem(twice: readonly string[], steps: readonly string[]): string | undefined {
  const stray = twice.find((step) => !steps.includes(step));
  if (stray !== undefined) return `"${stray}" is none of the steps: ${steps.join(', ')}.`;
  // The scenario shows what a key is for.
  if (steps.every((step) => twice.includes(step))) return 'At least one step must not happen twice: leave one out.';
  return undefined;
}
