import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CrashwiseError } from '../../engine/crashwise-error.js';
import type { InitResult } from '../../results/index.js';
import { cliError } from '../errors.js';
import { scenarioIn } from '../find-scenarios.js';
import { shownPath } from '../../loader/shown-path.js';
import { DEFAULT_ANSWERS, type InitAnswers } from './answers.js';
import { planOf, type Plan } from './plan.js';
import { answersProblem } from './problem-of.js';
import { projectOf } from './project-of.js';
import { appFile } from './templates/app-file.js';
import { scenarioFile } from './templates/scenario-file.js';
import { servicesFile } from './templates/services-file.js';
import { workflowFile } from './templates/workflow-file.js';

export interface InitOptions extends Partial<InitAnswers> {
  /** Where `scenarios/` lies or is made. Default: the current directory. */
  readonly directory?: string;
}

/**
 * Writes a first scenario, `scenarios/<entity>/`, in the language and module system of the project. What is not answered
 * is taken from `DEFAULT_ANSWERS`. Never overwrites anything: throws `scenario-exists` if there is a scenario, or a file that
 * it would write, and `scenario-not-written` if the system refuses; either way nothing is left behind. Throws `usage` for
 * an answer that is none.
 *
 * @example
 * const { files, next } = await initScenario({ entity: 'order' });
 * console.log(files[2], next); // scenarios/order/scenario.ts  npx crashwise simulate order
 */
export async function initScenario({ directory = process.cwd(), ...given }: InitOptions = {}): Promise<InitResult> {
  const { twice = given.steps ? [] : DEFAULT_ANSWERS.twice, ...rest } = given;
  const answers = { ...DEFAULT_ANSWERS, ...rest, twice };
  const problem = answersProblem(answers);
  if (problem !== undefined) throw cliError('usage', problem);
  const project = await projectOf(directory);
  const plan = planOf(answers, project);
  const folder = join(directory, 'scenarios', plan.entity);
  const there = scenarioIn(folder);
  if (there !== undefined) throw exists(there);
  const written = await writeAll(folder, textsOf(plan), project.extension);
  return {
    schema: 'crashwise/init@1',
    entity: plan.entity,
    pattern: plan.pattern,
    steps: plan.steps.map(({ title, service }) => ({
      title,
      class: service === 'provider' ? 'exactly-once' : 'at-least-once',
    })),
    files: written.map(shownPath),
    next: `npx crashwise simulate ${plan.entity}`,
  };
}

function textsOf(plan: Plan): Readonly<Record<string, string>> {
  const flow = plan.pattern === 'durable' ? { workflow: workflowFile(plan) } : { app: appFile(plan) };
  return { services: servicesFile(plan), ...flow, scenario: scenarioFile(plan) };
}

/** All files or none: what was written before one fails is taken away again. */
async function writeAll(
  folder: string,
  texts: Readonly<Record<string, string>>,
  extension: string,
): Promise<readonly string[]> {
  const written: string[] = [];
  let made: string | undefined;
  try {
    made = await mkdir(folder, { recursive: true });
    for (const [name, text] of Object.entries(texts)) {
      const file = join(folder, `${name}.${extension}`);
      await writeFile(file, text, { flag: 'wx' }); // Fails if it is there, or a link of its name.
      written.push(file);
    }
    return written;
  } catch (error) {
    for (const file of written) await rm(file, { force: true });
    if (made !== undefined) await rm(made, { recursive: true, force: true });
    throw refused(error as NodeJS.ErrnoException, folder);
  }
}

function refused(error: NodeJS.ErrnoException, folder: string): CrashwiseError {
  const { code, path = folder } = error;
  if (code === 'EEXIST' && path !== folder) return exists(path);
  return cliError('scenario-not-written', `${shownPath(path)} could not be written: ${error.message}.`, {
    cause: error,
  });
}

function exists(path: string): CrashwiseError {
  return cliError('scenario-exists', `${shownPath(path)} is there already.`);
}
