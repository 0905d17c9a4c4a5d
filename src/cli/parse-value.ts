import { InvalidArgumentError } from 'commander';

export interface BudgetLimit {
  readonly seconds?: number;
  readonly states?: number;
}

/** `60s` or `5000states`: a whole number from 1 on. */
export function parseBudget(text: string): BudgetLimit {
  const [, count, unit] = /^(\d+)(s|states)$/.exec(text) ?? [];
  const value = Number(count);
  if (unit === undefined || value < 1)
    throw new InvalidArgumentError('A budget is a whole number with its unit: 60s, 5000states.');
  return unit === 's' ? { seconds: value } : { states: value };
}

/** A whole number from 1 on. */
export function parseCount(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < 1) {
    throw new InvalidArgumentError('It takes a whole number from 1 on.');
  }
  return value;
}

/** `a,b`. */
export function parseNames(text: string): readonly string[] {
  const names = text.split(',').map((name) => name.trim());
  if (names.includes('')) throw new InvalidArgumentError('It takes names with commas between them.');
  return names;
}
