import type { JsonSchema } from '../json-schema.js';
import type { Compiler, Type } from './compiler.js';

const MAX_DEPTH = 12;

/** The values that a type allows, or undefined where it allows anything. */
export function schemaOfType(root: Type, { checker, enums }: Compiler): JsonSchema | undefined {
  const { TypeFlags, SymbolFlags, SignatureKind } = enums;
  const defs = new Map<string, JsonSchema>();
  let named = 0;
  const open = new Map<Type, { name?: string }>();
  const is = (type: Type, ...names: readonly string[]): boolean =>
    names.some((name) => (type.flags & (TypeFlags[name] ?? 0)) !== 0);
  const partsOf = (type: Type): readonly Type[] => type.types ?? type.getTypes?.() ?? [];
  const isFunction = (type: Type): boolean => checker.getSignaturesOfType(type, SignatureKind['Call']!).length > 0;

  function of(type: Type): JsonSchema {
    if (is(type, 'Any', 'Unknown', 'Never')) return {};
    if (is(type, 'Undefined', 'Void')) return { const: undefined };
    if (is(type, 'Null')) return { type: 'null' };
    if (is(type, 'BooleanLiteral')) return { const: type.intrinsicName === 'true' || type.value === true };
    if (is(type, 'Union')) return { anyOf: partsOf(type).map(of) };
    if (is(type, 'StringLiteral', 'NumberLiteral')) return { const: type.value };
    if (is(type, 'Boolean')) return { type: 'boolean' };
    if (is(type, 'StringLike')) return { type: 'string' };
    if (is(type, 'Number', 'Enum')) return { type: 'number' };
    if (is(type, 'Intersection')) {
      // `string & { brand: 'Id' }` is a string.
      const plain = partsOf(type).find((part) => is(part, 'StringLike', 'NumberLike', 'BooleanLike'));
      return plain ? of(plain) : object(type);
    }
    return is(type, 'Object') ? object(type) : {};
  }

  function object(type: Type): JsonSchema {
    const above = open.get(type);
    if (above) return { $ref: `#/$defs/${(above.name ??= `t${(named += 1)}`)}` };
    if (open.size >= MAX_DEPTH) return {};
    const here: { name?: string } = {};
    open.set(type, here);
    const schema = shape(type);
    open.delete(type);
    if (here.name === undefined) return schema;
    defs.set(here.name, schema);
    return { $ref: `#/$defs/${here.name}` };
  }

  function shape(type: Type): JsonSchema {
    if (checker.isArrayType(type)) return { type: 'array', items: argument(type) };
    if (checker.isTupleType(type)) {
      return { type: 'array', prefixItems: checker.getTypeArguments(type).map(of), items: false };
    }
    if (type.getSymbol()?.name === 'Date' || isFunction(type)) return {};
    const members = checker.getPropertiesOfType(type).flatMap((property) => {
      const { name, flags } = property;
      const found = checker.getTypeOfSymbol(property);
      return found && !isFunction(found)
        ? [{ name, schema: of(found), isSure: (flags & SymbolFlags['Optional']!) === 0 }]
        : [];
    });
    const [index] = checker.getIndexInfosOfType(type);
    const others = index?.type ?? index?.valueType;
    return {
      type: 'object',
      properties: Object.fromEntries(members.map(({ name, schema }) => [name, schema])),
      required: members.flatMap(({ name, isSure }) => (isSure ? [name] : [])),
      ...(others ? { additionalProperties: of(others) } : {}),
    };
  }

  function argument(type: Type): JsonSchema {
    const [first] = checker.getTypeArguments(type);
    return first ? of(first) : {};
  }

  const schema = of(awaited(root, checker));
  if (Object.keys(schema).length === 0) return undefined;
  return defs.size === 0 ? schema : { ...schema, $defs: Object.fromEntries(defs) };
}

function awaited(type: Type, checker: Compiler['checker']): Type {
  const name = type.getSymbol()?.name;
  const [inner] = name === 'Promise' || name === 'PromiseLike' ? checker.getTypeArguments(type) : [];
  return inner ? awaited(inner, checker) : type;
}
