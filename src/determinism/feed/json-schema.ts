import fc from 'fast-check';
import { anyValue } from './any-value.js';
import { numberOf, textOf } from './scalars.js';

/** As much of JSON Schema as values are drawn from. `const` may be undefined: the value is left out. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
  readonly definitions?: Readonly<Record<string, JsonSchema>>;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema | boolean;
  readonly propertyNames?: JsonSchema;
  readonly items?: JsonSchema | boolean;
  readonly prefixItems?: readonly JsonSchema[];
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly format?: string;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
}

const ABSENT = Symbol('absent');
const MAX_DEPTH = 4;

/**
 * Values that a JSON Schema describes. Not all of it is understood: where it matters, ask the schema whether a value is
 * one of its own.
 *
 * @example
 * fromJsonSchema({ type: 'object', properties: { id: { type: 'string' } }, required: ['id'] }, []);
 */
export function fromJsonSchema(root: JsonSchema, words: readonly string[]): fc.Arbitrary<unknown> {
  const depth = fc.createDepthIdentifier();
  const named = new Map<string, JsonSchema>([['#', root]]);
  for (const place of ['$defs', 'definitions'] as const) {
    for (const [name, schema] of Object.entries(root[place] ?? {})) named.set(`#/${place}/${name}`, schema);
  }

  function build(schema: JsonSchema | boolean, tie: (name: string) => fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
    if (typeof schema === 'boolean') return anyValue(words);
    const of = (one: JsonSchema | boolean) => build(one, tie);
    if (schema.$ref !== undefined) return named.has(schema.$ref) ? tie(schema.$ref) : anyValue(words);
    if ('const' in schema) return fc.constant(schema.const);
    if (schema.enum) return fc.constantFrom(...schema.enum);
    const either = schema.anyOf ?? schema.oneOf;
    if (either) {
      // At the greatest depth, the first is taken: one that does not lead further down.
      const sorted = [...either].sort((a, b) => depthOf(a) - depthOf(b));
      return fc.oneof({ depthIdentifier: depth, maxDepth: MAX_DEPTH }, ...sorted.map(of));
    }
    if (schema.allOf) return fc.tuple(...schema.allOf.map(of)).map(merged);
    if (Array.isArray(schema.type)) {
      return fc.oneof(...(schema.type as readonly string[]).map((type) => of({ ...schema, type })));
    }
    switch (schema.type) {
      case 'null':
        return fc.constant(null);
      case 'boolean':
        return fc.boolean();
      case 'string':
        return textOf(schema, words);
      case 'integer':
      case 'number':
        return numberOf(schema);
      case 'array':
        return list(schema, of);
      case 'object':
        return object(schema, of);
      default:
        return schema.properties ? object(schema, of) : anyValue(words);
    }
  }

  function list({ items, prefixItems = [], minItems = 0, maxItems }: JsonSchema, of: Build): fc.Arbitrary<unknown> {
    const [least, most] = [minItems - prefixItems.length, (maxItems ?? minItems + 4) - prefixItems.length];
    const isOpen = items !== undefined ? items !== false : prefixItems.length === 0;
    const rest = isOpen && most > 0 ? some(items ?? {}, of, Math.max(least, 0), most) : fc.constant([]);
    return fc
      .tuple(fc.tuple(...prefixItems.map(of)), rest)
      .map(([first, others]) => [...first, ...others].filter((value) => value !== undefined));
  }

  function some(item: JsonSchema | boolean, of: Build, least: number, most: number): fc.Arbitrary<unknown[]> {
    const leadsOn = typeof item === 'object' && depthOf(item) > 0;
    const maxLength = Math.min(most, least + (leadsOn ? 2 : 4));
    const items = fc.array(of(item), { minLength: least, maxLength });
    if (!leadsOn || least > 0) return items;
    return fc.oneof({ depthIdentifier: depth, maxDepth: MAX_DEPTH }, fc.constant<unknown[]>([]), items);
  }

  function object(schema: JsonSchema, of: Build): fc.Arbitrary<unknown> {
    const { properties = {}, required = [], additionalProperties: more, propertyNames } = schema;
    const unnamed = required.filter((name) => !Object.hasOwn(properties, name));
    const all = { ...properties, ...Object.fromEntries(unnamed.map((name) => [name, more ?? {}])) };
    const members = Object.entries(all).map(([name, member]) => {
      const value = of(member);
      const isSure = required.includes(name);
      return [name, isSure ? value : fc.option(value, { nil: ABSENT, depthIdentifier: depth, maxDepth: MAX_DEPTH })];
    });
    const key = propertyNames ? of(propertyNames).map(String) : fc.constantFrom('a', 'b', 'id', '1');
    const others =
      typeof more === 'object' ? fc.dictionary(key, of(more), { maxKeys: 3, noNullPrototype: true }) : fc.constant({});
    return fc
      .tuple(fc.record(Object.fromEntries(members) as Record<string, fc.Arbitrary<unknown>>), others)
      .map(([own, other]): unknown => ({
        ...other,
        ...Object.fromEntries(Object.entries(own).filter(([, value]) => value !== ABSENT)),
      }));
  }

  const built = fc.letrec((tie) =>
    Object.fromEntries(
      [...named].map(([name, schema]) => [name, build(schema, tie as (name: string) => fc.Arbitrary<unknown>)]),
    ),
  );
  return built['#']!;
}

type Build = (schema: JsonSchema | boolean) => fc.Arbitrary<unknown>;

function depthOf(schema: JsonSchema): number {
  return JSON.stringify(schema)?.includes('"$ref"') ? 1 : 0;
}

function merged(values: readonly unknown[]): unknown {
  const areObjects = values.every((value) => typeof value === 'object' && value !== null && !Array.isArray(value));
  return areObjects ? Object.assign({}, ...(values as object[])) : values[0];
}
