import { describe, expect, test } from 'vitest';
import { observationsIn } from './observations.js';
import { syntaxOf } from './syntax.js';

// Goal: the line that looks at what no call gives away, and not the one that only writes it. Method: code of a line each.

const linesOf = (source: 'module state' | 'key order', ...code: string[]): number[] =>
  observationsIn(syntaxOf(code.join('\n')))
    .filter((one) => one.source === source)
    .map(({ line }) => line);

describe('variables of modules', () => {
  test.each<[what: string, lines: number[], code: string[]]>([
    ['one that is counted up and read', [4], ['let n = 0;', 'function f() {', 'n += 1;', 'ask(n);', '}']],
    ['one that is counted up and used at once', [3], ['let n = 0;', 'function f() {', 'ask((n += 1));', '}']],
    ['one that is made once', [3], ['let made;', 'function f() {', 'ask((made ??= make()));', '}']],
    ['a map', [3], ['const map = new Map();', 'function f(id) {', 'if (map.has(id)) return;', 'map.set(id, 1);', '}']],
    [
      'a map in a handler',
      [4],
      ['const map = new Map();', 'function f() {', 'on(() => void map.set(1, 1));', 'map.get(1);', '}'].map((line) =>
        line.replace('map.get(1);', 'ask(map.get(1));'),
      ),
    ],
    ['a generator', [3], ['const lanes = all();', 'function f() {', 'ask(lanes.next().value);', '}']],
    ['globalThis', [2], ['function f() {', 'return globalThis.tenant;', '}']],
    [
      'a member of an object',
      [5],
      ['const day = { n: 0 };', 'function f() {', 'day.n += 1;', '', 'return day.n;', '}'],
    ],
    ['one that is never changed', [], ['const map = new Map();', 'function f() {', 'return map.get(1);', '}']],
    ['a local one', [], ['function f() {', 'let n = 0;', 'n += 1;', 'return n;', '}']],
    [
      'activities',
      [],
      ['const steps = (0, _engine.activities)();', 'async function f() {', 'return await steps.run();', '}'],
    ],
    ['at the top of the module', [], ['let n = 0;', 'n += 1;', 'ask(n);']],
  ])('%s', (_, lines, code) => {
    expect(linesOf('module state', ...code)).toEqual(lines);
  });
});

test('the order of keys', () => {
  const code = [
    'function f(a) {',
    'for (const k in a) ask(k);',
    'Object.keys(a);',
    'JSON.stringify(a);',
    'a.keys();',
    '}',
  ];
  expect(linesOf('key order', ...code, 'Object.keys(a);')).toEqual([2, 3, 4]);
});
