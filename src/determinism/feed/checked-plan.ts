import { determinismError } from '../errors.js';
import type { FuzzPlan } from '../fuzz-plan.js';

const MEMBERS = ['input', 'results', 'failures', 'signals'];
const OF_NAMES = ['results', 'failures', 'signals'] as const;

/** The plan itself, if it is one. Throws `plan-unusable`. */
export function checkedPlan(plan: unknown): FuzzPlan {
  if (!isObject(plan)) throw unusable('the plan', 'no object');
  const unknown = Object.keys(plan).find((name) => !MEMBERS.includes(name));
  if (unknown !== undefined)
    throw unusable('the plan', `an object with a member ${unknown}: it has ${MEMBERS.join(', ')}`);
  for (const name of OF_NAMES) {
    if (plan[name] !== undefined && !isObject(plan[name]))
      throw unusable(name, 'no object with a member for each name');
  }
  for (const [activity, names] of Object.entries((plan['failures'] ?? {}) as object)) {
    const isList = Array.isArray(names) && names.every((name) => typeof name === 'string');
    if (!isList) throw unusable(`failures.${activity}`, 'no list of names of errors');
  }
  return plan;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unusable(where: string, what: string): Error {
  return determinismError('plan-unusable', `In the exported \`fuzz\`, or in crashwise.config, ${where} is ${what}.`);
}
