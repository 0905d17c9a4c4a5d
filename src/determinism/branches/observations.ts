import type { AnyNode, Pattern } from 'acorn';
import type { Source } from '../surroundings/sources.js';
import { childrenOf, isFunction } from './syntax.js';

const ENGINE = /^(?:activities|workflow|defineSignal|defineQuery)$/;

/** A place in a function at which code looks at something that no call gives away. */
export interface Observation {
  readonly source: Extract<Source, 'module state' | 'key order'>;
  readonly at: number;
  readonly line: number;
}

const KEYS = /^(?:keys|values|entries|getOwnPropertyNames|ownKeys|stringify|fromEntries)$/;
// Methods that leave their object as it is. Of any other one it is not known.
const READS =
  /^(?:get|has|keys|values|entries|forEach|map|filter|find\w*|includes|indexOf|join|slice|at|some|every|reduce|concat|flat\w*|to\w+|match\w*|replace\w*|split|startsWith|endsWith|trim\w*)$/;

/**
 * Where functions look at variables of their module that they change, and at the order of keys. What a line only writes,
 * it does not look at.
 */
export function observationsIn(tree: AnyNode): readonly Observation[] {
  const names = variablesOf(tree);
  const uses: { readonly name: string; readonly node: AnyNode; readonly looks: boolean }[] = [];
  const changed = new Set<string>();
  const keys: AnyNode[] = [];

  function walk(node: AnyNode, parents: readonly AnyNode[], isInside: boolean): void {
    const inside = isInside || isFunction(node);
    if (inside && looksAtKeys(node)) keys.push(node);
    if (inside && node.type === 'Identifier' && names.has(node.name) && !isWord(node, parents.at(-1))) {
      const chain = [node, ...parents.toReversed()];
      const use = useOf(chain);
      if (use.changes) changed.add(node.name);
      uses.push({ name: node.name, node, looks: use.looks });
    }
    for (const child of childrenOf(node)) walk(child, [...parents, node], inside);
  }

  walk(tree, [], false);
  const looks = uses.filter(({ name, looks: does }) => does && (changed.has(name) || name === 'globalThis'));
  // The first place at which a variable is looked at says most.
  const first = looks.filter(({ name }, index) => looks.findIndex((other) => other.name === name) === index);
  return [
    ...first.map(({ node }) => observation('module state', node)),
    ...keys.map((node) => observation('key order', node)),
  ].sort((a, b) => a.at - b.at);
}

function observation(source: Observation['source'], { start, loc }: AnyNode): Observation {
  return { source, at: start, line: loc!.start.line };
}

/** Names at the top of a module, but for what is taken out of something else, as activities are. */
function variablesOf(tree: AnyNode): ReadonlySet<string> {
  const names = new Set(['globalThis']);
  for (const statement of childrenOf(tree)) {
    if (statement.type === 'ClassDeclaration') names.add(statement.id!.name);
    if (statement.type !== 'VariableDeclaration') continue;
    for (const { id, init } of statement.declarations) if (isName(id) && !isOfEngine(init)) names.add(id.name);
  }
  return names;
}

// `const steps = activities()`: what it answers is recorded.
function isOfEngine(init: AnyNode | null | undefined): boolean {
  if (init?.type !== 'CallExpression') return false;
  const { callee } = init;
  const last = callee.type === 'SequenceExpression' ? callee.expressions.at(-1)! : callee;
  const name = last.type === 'MemberExpression' ? last.property : last;
  return name.type === 'Identifier' && ENGINE.test(name.name);
}

function isName(pattern: Pattern): pattern is Extract<Pattern, { type: 'Identifier' }> {
  return pattern.type === 'Identifier';
}

function looksAtKeys(node: AnyNode): boolean {
  if (node.type === 'ForInStatement') return true;
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return false;
  const { object, property } = node.callee;
  if (object.type !== 'Identifier' || property.type !== 'Identifier') return false;
  return ['Object', 'JSON', 'Reflect'].includes(object.name) && KEYS.test(property.name);
}

// `a.b` names a, and not b; neither does `{ b: 1 }`.
function isWord(node: AnyNode, parent: AnyNode | undefined): boolean {
  if (parent?.type === 'MemberExpression') return parent.property === node && !parent.computed;
  return parent?.type === 'Property' && parent.key === node && !parent.shorthand && !parent.computed;
}

/** What is done with a variable: the chain begins with its name, and goes outwards. */
function useOf(chain: readonly AnyNode[]): { readonly changes: boolean; readonly looks: boolean } {
  let at = 0;
  let method = '';
  while (chain[at + 1]?.type === 'MemberExpression' && (chain[at + 1] as { object: AnyNode }).object === chain[at]) {
    at += 1;
    const { property } = chain[at] as { property: AnyNode };
    method = property.type === 'Identifier' ? property.name : '';
  }
  const [value, user, next] = [chain[at]!, chain[at + 1], chain[at + 2]];
  const isVoid = next?.type === 'UnaryExpression' && next.operator === 'void';
  const isUnused = next?.type === 'ExpressionStatement' || isVoid;
  switch (user?.type) {
    case 'AssignmentExpression': {
      if (user.left !== value) return { changes: false, looks: true };
      return {
        changes: true,
        looks: /^(?:\|\||&&|\?\?)=$/.test(user.operator) || (user.operator !== '=' && !isUnused),
      };
    }
    case 'UpdateExpression':
      return { changes: true, looks: !isUnused };
    case 'UnaryExpression':
      return { changes: user.operator === 'delete', looks: user.operator !== 'delete' };
    case 'CallExpression':
      if (user.callee !== value) return { changes: isAssign(user), looks: true };
      return { changes: at > 0 && !READS.test(method), looks: !isUnused };
    default:
      return { changes: false, looks: true };
  }
}

function isAssign({ callee }: Extract<AnyNode, { type: 'CallExpression' }>): boolean {
  return (
    callee.type === 'MemberExpression' && callee.property.type === 'Identifier' && callee.property.name === 'assign'
  );
}
