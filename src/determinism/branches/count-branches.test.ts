import { readdirSync, readFileSync } from 'node:fs';
import { Script } from 'node:vm';
import { createJiti } from 'jiti';
import { describe, expect, test } from 'vitest';
import { COUNTERS } from '../../loader/instrument.js';
import { countBranches } from './count-branches.js';
import { syntaxOf } from './syntax.js';

/** Calls `f` of the code; the lines of the branches that it passed, those that it did not, and what it came to. */
function passed(code: string, ...args: unknown[]) {
  const { code: counted, branches } = countBranches(syntaxOf(code), code, 0);
  const counters = branches.map(() => 0);
  const make = new Function(COUNTERS, `${counted}\nreturn f;`) as (c: unknown) => (...given: unknown[]) => unknown;
  const value = make(counters)(...args);
  return { value, lines: branches.filter(({ id }) => counters[id]).map(({ line }) => line), of: branches.length };
}

describe('a counter', () => {
  test.each([
    ['if', 'function f(a) {\nif (a)\nreturn 1;\nelse\nreturn 2; }', [1], { value: 1, lines: [1, 3], of: 3 }],
    ['if', 'function f(a) {\nif (a)\nreturn 1;\nelse\nreturn 2; }', [0], { value: 2, lines: [1, 5], of: 3 }],
    ['no else', 'function f(a) {\nif (a)\n{ a = 3; }\nreturn a; }', [0], { value: 0, lines: [1, 2], of: 3 }],
    [
      'if in if',
      'function f(a) {\nif (a)\nif (a > 1)\na = 5;\nreturn a; }',
      [1],
      { value: 1, lines: [1, 3, 3], of: 5 },
    ],
    ['?:', 'const f = (a) => a\n? 1\n: 2', [0], { value: 2, lines: [1, 3], of: 3 }],
    ['&&', 'const f = (a) => a &&\na.b', [null], { value: null, lines: [1], of: 2 }],
    ['??', 'const f = (a) => a ??\n7', [undefined], { value: 7, lines: [1, 2], of: 2 }],
    ['||=', 'function f(a) { a ||=\n7; return a; }', [1], { value: 1, lines: [1], of: 2 }],
    [
      'case',
      'function f(a) { switch (a) {\ncase 1:\ncase 2:\nreturn 3;\ndefault: } }',
      [2],
      { value: 3, lines: [1, 3], of: 4 },
    ],
    ['catch', 'function f() { try { null.a } catch {\nreturn 1; } }', [], { value: 1, lines: [1, 1], of: 2 }],
    ['default', 'function f(a, { b = 1 } =\n{}) { return b; }', [0], { value: 1, lines: [1, 1, 2], of: 3 }],
    ['loop', 'function f(a) { for (const b of a)\na = b; return a; }', [[]], { value: [], lines: [1], of: 2 }],
    ['do', 'function f(a) { do a += 1;\nwhile (a < 3); return a; }', [1], { value: 3, lines: [1, 1], of: 2 }],
    ['object body', 'const f = (a) => ({ a })', [1], { value: { a: 1 }, lines: [1], of: 1 }],
    ['name', 'function f(a = () => 1) { return a.name; }', [], { value: 'a', lines: [1], of: 2 }],
    ['strict', 'function f() { "use strict"; return this; }', [], { value: undefined, lines: [1], of: 1 }],
    ['this', 'const f = (a) => a && a.at(0)', [[4]], { value: 4, lines: [1, 1], of: 2 }],
  ])('%s', (_, code, args, expected) => {
    expect(passed(code, ...(args as unknown[]))).toEqual(expected);
  });

  test('is not in what a module does when it is evaluated', () => {
    expect(passed('const a = 1 > 2 ? 3 : 4; if (a) 5; const f = () => a;')).toEqual({ value: 4, lines: [1], of: 1 });
  });
});

test('a source of this package, compiled, keeps its lines and is still JavaScript', () => {
  const folder = new URL('../../', import.meta.url).pathname;
  const jiti = createJiti(folder, { fsCache: false });
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  for (const file of files.filter((_, at) => at % 6 === 0)) {
    const source = readFileSync(`${folder}${file}`, 'utf8');
    const code = jiti.transform({ source, filename: folder + file, ts: true, async: true });
    const { code: counted } = countBranches(syntaxOf(code), code, 0);
    expect(() => new Script(`(async function (${COUNTERS}) { ${counted}\n})`), file).not.toThrow();
    const lines = counted
      .split('\n')
      .map((line) => line.replaceAll(/[{}();]|\s|__crashwise_counters\[\d+\]=1,?|else/g, ''));
    expect(lines, file).toEqual(code.split('\n').map((line) => line.replaceAll(/[{}();]|\s|else/g, '')));
  }
});
