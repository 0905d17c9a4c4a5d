import fc from 'fast-check';
import { numberValue, textValue } from './any-value.js';
import type { JsonSchema } from './json-schema.js';

/** Texts that a schema describes. */
export function textOf(
  { format, pattern, minLength = 0, maxLength }: JsonSchema,
  words: readonly string[],
): fc.Arbitrary<string> {
  const formatted = format === undefined ? undefined : FORMATS[format];
  if (formatted) return formatted();
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern));
  if (minLength === 0 && maxLength === undefined) return textValue(words);
  const isFit = (word: string): boolean => word.length >= minLength && word.length <= (maxLength ?? Infinity);
  const fit = words.filter(isFit);
  const other = fc.string({ minLength, maxLength: Math.min(maxLength ?? Infinity, minLength + 10) });
  return fit.length === 0 ? other : fc.oneof(fc.constantFrom(...fit), other);
}

const moment = (): fc.Arbitrary<string> =>
  fc
    .date({ min: new Date('2020-01-01'), max: new Date('2035-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString());

const FORMATS: Readonly<Record<string, () => fc.Arbitrary<string>>> = {
  'date-time': moment,
  date: () => moment().map((iso) => iso.slice(0, 10)),
  time: () => moment().map((iso) => iso.slice(11)),
  uuid: () => fc.uuid(),
  email: () => fc.stringMatching(/^[a-z]{1,8}$/).map((name) => `${name}@example.com`),
  uri: () => fc.webUrl({ validSchemes: ['https'] }),
  ipv4: () => fc.ipV4(),
  ipv6: () => fc.ipV6(),
};

/** Numbers that a schema describes. */
export function numberOf(schema: JsonSchema): fc.Arbitrary<number> {
  const { type, multipleOf, exclusiveMinimum, exclusiveMaximum } = schema;
  const step = multipleOf ?? (type === 'integer' ? 1 : undefined);
  const least = bound(Math.max, schema.minimum, exclusiveMinimum);
  const most = bound(Math.min, schema.maximum, exclusiveMaximum);
  if (step !== undefined) return steps(step, { least, most, schema });
  if (least === undefined && most === undefined) return numberValue();
  const [min, max] = [least ?? most! - 1_000, most ?? least! + 1_000];
  const excluded = { minExcluded: exclusiveMinimum === min, maxExcluded: exclusiveMaximum === max };
  return fc.double({ min, max, noNaN: true, ...excluded });
}

function steps(
  step: number,
  { least, most, schema }: { least: number | undefined; most: number | undefined; schema: JsonSchema },
): fc.Arbitrary<number> {
  const from = least ?? (most === undefined || most > 0 ? 0 : most - 1_000);
  const to = most ?? from + 1_000_000;
  const min = from === schema.exclusiveMinimum ? Math.floor(from / step) + 1 : Math.ceil(from / step);
  const max = to === schema.exclusiveMaximum ? Math.ceil(to / step) - 1 : Math.floor(to / step);
  const near = fc.integer({ min, max: Math.min(max, min + 20) });
  return fc.oneof(near, fc.integer({ min, max })).map((value) => value * step);
}

// The ends of what a number can count exactly are no bound that anybody meant.
function bound(pick: (...values: number[]) => number, ...values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined && Math.abs(value) < 1e15) as number[];
  return known.length === 0 ? undefined : pick(...known);
}
