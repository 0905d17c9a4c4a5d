import type { AnyNode, Expression, Statement } from 'acorn';
import { COUNTERS } from '../../loader/instrument.js';
import type { Branch } from './branch.js';
import { childrenOf, isFunction } from './syntax.js';

/**
 * The branches in the functions of a syntax tree, and its code with a counter in each: function bodies, both ways of `if`
 * and `?:`, the right side of a logical operator, cases, handlers, defaults, bodies of loops. A counter that was passed
 * holds 1. What a name is inferred from stays as it is, and no line moves.
 */
export function countBranches(
  tree: AnyNode,
  code: string,
  firstId: number,
): { readonly code: string; readonly branches: readonly Branch[] } {
  const branches: Branch[] = [];
  const inserts: { readonly at: number; readonly text: string }[] = [];

  const add = (kind: Branch['kind'], node: AnyNode): string => {
    const id = firstId + branches.length;
    const { start, end, loc } = node;
    branches.push({ id, kind, start, end, line: loc!.start.line });
    return `${COUNTERS}[${id}]=1`;
  };
  const put = (at: number, text: string): void => void inserts.push({ at, text });

  function statement(node: Statement | undefined | null, counter: string): void {
    if (!node) return;
    if (node.type === 'BlockStatement') {
      put(node.start + 1, `${counter};`);
      visit(node, true);
    } else {
      put(node.start, `{${counter};`);
      visit(node, true);
      put(node.end, '}');
    }
  }

  function expression(node: Expression): void {
    put(node.start, `(${add('path', node)},`);
    visit(node, true);
    put(node.end, ')');
  }

  function assigned(node: Expression): void {
    // `x = () => {}` names the function; `x = (0, () => {})` does not.
    if (isFunction(node) || node.type === 'ClassExpression') visit(node, true);
    else expression(node);
  }

  function functionBody(node: AnyNode & { params: unknown; body: unknown }): void {
    const counter = add('function', node);
    for (const child of childrenOf(node)) {
      if (child !== node.body) visit(child, true);
    }
    const body = node.body as AnyNode;
    if (body.type !== 'BlockStatement') {
      put(body.start, `(${counter},`);
      visit(body, true);
      put(body.end, ')');
      return;
    }
    const directive = body.body.findLast((one) => one.type === 'ExpressionStatement' && 'directive' in one);
    put(directive?.end ?? body.start + 1, `;${counter};`);
    visit(body, true);
  }

  /** `isInside`: of a function. What the module does when it is evaluated is no branch of a workflow. */
  function visit(node: AnyNode, isInside: boolean): void {
    if (isFunction(node)) return functionBody(node as AnyNode & { params: unknown; body: unknown });
    if (!isInside) return childrenOf(node).forEach((child) => visit(child, false));
    switch (node.type) {
      case 'IfStatement':
        visit(node.test, true);
        statement(node.consequent, add('path', node.consequent));
        if (node.alternate) statement(node.alternate, add('path', node.alternate));
        else put(node.consequent.end, ` else {${add('path', node)};}`);
        return;
      case 'ConditionalExpression':
        visit(node.test, true);
        expression(node.consequent);
        return expression(node.alternate);
      case 'LogicalExpression':
        visit(node.left, true);
        return expression(node.right);
      case 'AssignmentExpression':
        visit(node.left, true);
        return /^(\|\||&&|\?\?)=$/.test(node.operator) ? assigned(node.right) : visit(node.right, true);
      case 'AssignmentPattern':
        visit(node.left, true);
        return assigned(node.right);
      case 'SwitchCase': {
        if (node.test) visit(node.test, true);
        // The default may be without a test: what follows its colon is its own.
        const first = node.consequent[0];
        put(first?.start ?? node.end, `${add('path', node)};`);
        return node.consequent.forEach((one) => visit(one, true));
      }
      case 'CatchClause':
        if (node.param) visit(node.param, true);
        return statement(node.body, add('path', node));
      case 'WhileStatement':
      case 'DoWhileStatement':
      case 'ForStatement':
      case 'ForInStatement':
      case 'ForOfStatement':
        for (const child of childrenOf(node)) {
          if (child === node.body) statement(node.body, add('path', node.body));
          else visit(child, true);
        }
        return;
      default:
        childrenOf(node).forEach((child) => visit(child, true));
    }
  }

  visit(tree, false);
  // A stable order: at one place, the text of what is around comes first where it opens, and last where it closes.
  inserts.sort((a, b) => a.at - b.at);
  let [counted, at] = ['', 0];
  for (const insert of inserts) {
    counted += code.slice(at, insert.at) + insert.text;
    at = insert.at;
  }
  return { code: counted + code.slice(at), branches };
}
