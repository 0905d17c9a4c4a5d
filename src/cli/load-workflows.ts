import { CrashwiseError, ENGINE_ERRORS, type Workflow } from '../engine/index.js';
import { didYouMean } from './closest-name.js';
import { cliError } from './errors.js';
import { loadModule } from '../loader/load-module.js';
import { workflowsIn } from '../loader/workflows-in.js';

export interface WorkflowModule {
  readonly workflows: readonly Workflow[];
  readonly activities: Readonly<Record<string, unknown>>;
}

/**
 * The workflows and activities of a module: every export that workflow() made, alone or within an array or object, and
 * `activities` with the other exported functions. Throws `module-not-loaded` and `module-unusable`.
 */
export async function loadWorkflows(file: string): Promise<WorkflowModule> {
  const module = await loadModule(file);
  const functions = Object.entries(module).filter(([, value]) => typeof value === 'function');
  return {
    workflows: workflowsOf(module, file),
    activities: { ...Object.fromEntries(functions), ...activitiesOf(module) },
  };
}

/** The workflows of a module that is loaded. Throws `module-unusable`. */
export function workflowsOf(module: Readonly<Record<string, unknown>>, file: string): readonly Workflow[] {
  const workflows = workflowsIn(module);
  if (workflows.length === 0) {
    const names = Object.keys(module).filter((name) => name !== 'default');
    const has = names.length === 0 ? 'nothing' : names.join(', ');
    throw cliError('module-unusable', `${file} exports no workflow. It exports: ${has}.`);
  }
  const twice = workflows.find(({ name }, index) => workflows.findIndex((other) => other.name === name) !== index);
  if (twice) throw cliError('module-unusable', `${file} exports two workflows of the name ${twice.name}.`);
  return workflows;
}

/** Throws `unknown-workflow` where the module has none of this name. */
export function mustHave(workflows: readonly Workflow[], name: string): void {
  const names = workflows.map((workflow) => workflow.name);
  if (names.includes(name)) return;
  const message = `There is no workflow "${name}" here. There is: ${names.join(', ')}.${didYouMean(name, names)}`;
  throw new CrashwiseError('unknown-workflow', message, ENGINE_ERRORS['unknown-workflow']);
}

// CommonJS may have both on its default export.
function activitiesOf({ activities, default: whole }: Readonly<Record<string, unknown>>): object {
  const own = activities ?? (whole as { activities?: unknown } | undefined)?.activities;
  return typeof own === 'object' && own !== null ? own : {};
}
