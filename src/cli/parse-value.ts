import { InvalidArgumentError } from 'commander';
import { entityProblem } from './init/problem-of.js';

export interface BudgetLimit {
  readonly seconds?: number;
  readonly states?: number;
  readonly runs?: number;
}

/** `60s`, `5000states` or `5000runs`: a whole number from 1 on. */
export function parseBudget(text: string): BudgetLimit {
  const [, count, unit] = /^(\d+)(s|states|runs)$/.exec(text) ?? [];
  const value = Number(count);
  if (unit === undefined || value < 1)
    throw new InvalidArgumentError('A budget is a whole number with its unit: 60s, 5000states, 5000runs.');
  return { [unit === 's' ? 'seconds' : unit]: value };
}

/** A whole number from 1 on. */
export function parseCount(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < 1) {
    throw new InvalidArgumentError('It takes a whole number from 1 on.');
  }
  return value;
}

/** The name of an entity, for `init`. */
export function parseEntity(text: string): string {
  const problem = entityProblem(text);
  if (problem !== undefined) throw new InvalidArgumentError(problem);
  return text;
}

/** `a, b` as the two of them. */
export function namesIn(text: string): readonly string[] {
  return text.split(',').map((name) => name.trim());
}

/** `a,b`, none of them empty. */
export function parseNames(text: string): readonly string[] {
  const names = namesIn(text);
  if (names.includes('')) throw new InvalidArgumentError('It takes names with commas between them.');
  return names;
}

/** `2/4`: the second of four shares. */
export function parseShard(text: string): { readonly index: number; readonly of: number } {
  const [, index, of] = (/^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? []).map(Number);
  if (index === undefined || of === undefined || index < 1 || index > of) {
    throw new InvalidArgumentError('A share is two whole numbers: 1/4 to 4/4.');
  }
  return { index, of };
}
