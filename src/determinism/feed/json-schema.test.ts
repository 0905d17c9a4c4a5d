import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { fromStandardSchema } from './standard-schema.js';
import { fromJsonSchema, type JsonSchema } from './json-schema.js';

// Goal: what is drawn from a schema is what the schema means. Method: zod as the judge, of its own JSON Schema.

const tree = z.object({
  value: z.number(),
  get children() {
    return z.array(tree);
  },
  get next() {
    return tree.optional();
  },
});

describe('drawn from its JSON Schema, before zod has looked at it', () => {
  test.each<[string, z.ZodType]>([
    ['text', z.string()],
    ['text of a length', z.string().min(3).max(5)],
    ['a uuid', z.uuid()],
    ['an address', z.email()],
    ['a time', z.iso.datetime()],
    ['a date', z.iso.date()],
    ['a pattern', z.string().regex(/^ab+$/)],
    ['an integer', z.int().min(3).max(9)],
    ['a positive integer', z.int().positive()],
    ['a negative integer', z.int().negative()],
    ['a number between', z.number().gt(0).lt(1)],
    ['a multiple', z.number().multipleOf(5).min(3)],
    ['one of some', z.enum(['a', 'b'])],
    ['a literal', z.literal(['x', 4, null])],
    ['one or the other', z.union([z.string(), z.null(), z.object({ a: z.boolean() })])],
    ['a list', z.array(z.int()).min(2).max(3)],
    ['a tuple', z.tuple([z.string(), z.int()])],
    ['an object', z.object({ a: z.string(), b: z.int().optional(), c: z.string().default('q') })],
    ['a record', z.record(z.string(), z.int())],
    ['a record of some keys', z.record(z.enum(['a', 'b']), z.int())],
    ['both', z.intersection(z.object({ a: z.int() }), z.object({ b: z.string() }))],
    ['a tree', tree],
  ])('%s', (_, schema) => {
    const described = z.toJSONSchema(schema, { io: 'input' }) as JsonSchema;
    for (const value of fc.sample(fromJsonSchema(described, ['word']), { numRuns: 100, seed: 3 })) {
      expect(schema.safeParse(value), JSON.stringify(value)).toMatchObject({ success: true });
    }
  });
});

test('what JSON Schema cannot say, the schema itself says', () => {
  const even = z.int().refine((value) => value % 2 === 0);
  const drawn = fc.sample(fromStandardSchema(even, 'input', []), { numRuns: 50, seed: 1 }) as number[];
  expect(drawn.filter((value) => value % 2 !== 0)).toEqual([]);
  expect(new Set(drawn).size).toBeGreaterThan(5);
});

test('a value is as the schema parses it', () => {
  const size = z.string().transform((text) => text.length);
  for (const value of fc.sample(fromStandardSchema(size, 'input', []), 20)) expect(value).toBeTypeOf('number');
});

test('a schema that lets next to nothing through is refused, with the place', () => {
  const never = z.string().refine((text) => text === 'the password');
  expect(() => fromStandardSchema(never, 'results.a', [])).toThrow(/^results\.a is a schema of zod that no values/);
  const slow = z.string().refine(async () => true);
  expect(() => fromStandardSchema(slow, 'input', [])).toThrow();
});
