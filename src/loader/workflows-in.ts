import type { Workflow } from '../engine/index.js';

/** Every export of a module that workflow() made, alone or within an array or object, each once. */
export function workflowsIn(exports: Readonly<Record<string, unknown>>): readonly Workflow[] {
  return [...new Set(Object.values(exports).flatMap(within))];
}

function within(value: unknown): readonly Workflow[] {
  if (isWorkflow(value)) return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).filter(isWorkflow) : [];
}

function isWorkflow(value: unknown): value is Workflow {
  if (typeof value !== 'object' || value === null) return false;
  const { name, run, strict } = value as Partial<Workflow>;
  return typeof name === 'string' && typeof run === 'function' && typeof strict === 'boolean';
}
