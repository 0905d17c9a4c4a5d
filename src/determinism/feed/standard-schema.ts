import fc from 'fast-check';
import { z } from 'zod';
import { determinismError } from '../errors.js';
import { anyValue } from './any-value.js';
import { fromJsonSchema, type JsonSchema } from './json-schema.js';

interface Result {
  readonly value?: unknown;
  readonly issues?: readonly { readonly message: string }[] | undefined;
}

/** As much of Standard Schema, and of Standard JSON Schema, as is asked for here. */
interface StandardSchema {
  readonly '~standard': {
    readonly vendor: string;
    readonly validate?: (value: unknown) => Result | Promise<Result>;
    readonly jsonSchema?: { readonly input: (options: { readonly target: string }) => object };
  };
}

export function isStandardSchema(source: unknown): source is StandardSchema {
  const isHolder = (typeof source === 'object' && source !== null) || typeof source === 'function';
  return isHolder && typeof (source as Partial<StandardSchema>)['~standard']?.vendor === 'string';
}

const TRIES = 300;
const ENOUGH = 10;

/**
 * What a schema of zod, or any Standard Schema, lets through: values of its JSON Schema, or any at all where it has none,
 * as the schema itself parses them. Throws `plan-unusable`, with the place, where too few of them are let through.
 */
export function fromStandardSchema(
  schema: StandardSchema,
  where: string,
  words: readonly string[],
): fc.Arbitrary<unknown> {
  const { vendor, validate } = schema['~standard'];
  const described = jsonSchemaOf(schema);
  const drawn = described ? fromJsonSchema(described, words) : anyValue(words);
  if (!validate) return drawn;
  const parse = (value: unknown): Result => {
    const result = validate(value);
    if (result instanceof Promise) {
      throw determinismError('plan-unusable', `${where} is a schema that validates asynchronously.`);
    }
    return result;
  };
  const tried = fc.sample(drawn, { seed: 1, numRuns: TRIES }).map(parse);
  if (tried.filter(({ issues }) => !issues).length < ENOUGH) {
    const why = tried.find(({ issues }) => issues)?.issues?.[0]?.message ?? '';
    const how = described ? 'its JSON Schema says too little' : 'it has no JSON Schema';
    throw determinismError(
      'plan-unusable',
      `${where} is a schema of ${vendor} that no values can be drawn from: ${how}, and it refuses the rest. ${why}`.trim(),
    );
  }
  return drawn
    .map(parse)
    .filter(({ issues }) => !issues)
    .map(({ value }) => value);
}

function jsonSchemaOf(schema: StandardSchema): JsonSchema | undefined {
  const { jsonSchema, vendor } = schema['~standard'];
  const isZod = vendor === 'zod' && '_zod' in schema;
  return (
    quietly(() => jsonSchema?.input({ target: 'draft-2020-12' })) ??
    // Of zod before 4.2, or with a member that JSON Schema does not know: that one is tried.
    quietly(() =>
      isZod ? (z.toJSONSchema(schema as never, { io: 'input', unrepresentable: 'any' }) as JsonSchema) : undefined,
    )
  );
}

// A converter throws where JSON Schema has no word for a part of the schema.
function quietly<T>(body: () => T): T | undefined {
  try {
    return body();
  } catch {
    return undefined;
  }
}
