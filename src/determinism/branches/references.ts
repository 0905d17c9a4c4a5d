import type { AnyNode, Pattern, Statement } from 'acorn';
import { childrenOf, nodesIn } from './syntax.js';

/** Something at the top of a module that other code can name. */
export interface Unit {
  readonly names: readonly string[];
  readonly start: number;
  readonly end: number;
}

/** A name in the code: of the same module, or of one that it imports. */
export interface Reference {
  readonly name: string;
  readonly isImported: boolean;
  readonly at: number;
}

/** What a compiled module declares, and what its code names. */
export function referencesIn(tree: AnyNode): {
  readonly units: readonly Unit[];
  readonly references: readonly Reference[];
} {
  const statements = childrenOf(tree) as readonly Statement[];
  const aliases = new Map<string, string[]>();
  const imports = new Set<string>();
  const units: Unit[] = [];

  for (const statement of statements) {
    for (const { names, node, value } of declaredBy(statement)) {
      units.push({ names, start: node.start, end: node.end });
      if (value && (isImport(value) || (value.type === 'Identifier' && imports.has(value.name)))) {
        names.forEach((name) => imports.add(name));
      }
      // `exports.total = sum;`
      if (value?.type === 'Identifier') aliases.set(value.name, [...(aliases.get(value.name) ?? []), ...names]);
    }
  }
  return {
    units: units.map((unit) => ({
      ...unit,
      names: unit.names.flatMap((name) => [name, ...(aliases.get(name) ?? [])]),
    })),
    references: [...referencesOf(tree, imports)],
  };
}

interface Declared {
  readonly names: readonly string[];
  readonly node: AnyNode;
  readonly value?: AnyNode | undefined;
}

function declaredBy(statement: Statement): readonly Declared[] {
  switch (statement.type) {
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
      return [{ names: [statement.id.name], node: statement }];
    case 'VariableDeclaration':
      return statement.declarations.map((node) => {
        const names = namesIn(node.id);
        const { exported, value } = exportedBy(node.init ?? undefined);
        return { names: [...names, ...exported], node, value };
      });
    case 'ExpressionStatement': {
      const { exported, value } = exportedBy(statement.expression);
      return exported.length > 0 ? [{ names: exported, node: statement, value }] : [];
    }
    default:
      return [];
  }
}

/** `exports.a = exports.b = value`, also with `module.` before. */
function exportedBy(node: AnyNode | undefined): {
  readonly exported: readonly string[];
  readonly value: AnyNode | undefined;
} {
  if (node?.type !== 'AssignmentExpression' || node.left.type !== 'MemberExpression')
    return { exported: [], value: node };
  const { object, property } = node.left;
  const rest = exportedBy(node.right);
  if (property.type !== 'Identifier') return rest;
  const isWhole = object.type === 'Identifier' && object.name === 'module' && property.name === 'exports';
  const { value } = rest;
  const members =
    isWhole && value?.type === 'ObjectExpression'
      ? value.properties.flatMap((one) =>
          one.type === 'Property' && one.key.type === 'Identifier' ? [one.key.name] : [],
        )
      : [];
  return { exported: [isWhole ? 'default' : property.name, ...members, ...rest.exported], value };
}

function namesIn(pattern: Pattern): readonly string[] {
  return [...nodesIn(pattern)].flatMap((node) => (node.type === 'Identifier' ? [node.name] : []));
}

function isImport(value: AnyNode): boolean {
  return [...nodesIn(value)].some(
    (node) =>
      node.type === 'CallExpression' &&
      node.callee.type === 'Identifier' &&
      ['require', 'jitiImport'].includes(node.callee.name),
  );
}

function* referencesOf(node: AnyNode, imports: ReadonlySet<string>): Generator<Reference> {
  if (node.type === 'Identifier') yield { name: node.name, isImported: imports.has(node.name), at: node.start };
  if (node.type === 'MemberExpression' && node.object.type === 'Identifier' && imports.has(node.object.name)) {
    const { property, start } = node;
    if (property.type === 'Identifier') yield { name: property.name, isImported: true, at: start };
  }
  // `a.b` names a, and not b; neither does `{ b: 1 }`.
  const word = 'computed' in node && !node.computed ? ('property' in node ? node.property : node.key) : undefined;
  for (const child of childrenOf(node)) {
    if (child !== word) yield* referencesOf(child, imports);
  }
}
