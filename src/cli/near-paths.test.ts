import { expect, test } from 'vitest';
import { nearPaths } from './near-paths.js';

const HERE = process.cwd();

test('paths are as seen from here, in places and in what libraries say', () => {
  expect(nearPaths(`It decides otherwise, at ${HERE}/order.ts:43:29.`)).toBe(
    'It decides otherwise, at order.ts:43:29.',
  );
  expect(nearPaths(`    at run (${HERE}/src/order.ts:4:2)`)).toBe('    at run (src/order.ts:4:2)');
  expect(nearPaths(`Cannot find module '${HERE}/x.js'`)).toBe("Cannot find module 'x.js'");
  expect(nearPaths('It calls Date.now() at /o.ts:1:2, again.')).toBe('It calls Date.now() at /o.ts:1:2, again.');
});

test('a place beside this directory is relative, too', () => {
  const beside = HERE.replace(/[^/]*$/, 'shop/order.ts');
  expect(nearPaths(`at ${beside}:1:2.`)).toBe('at ../shop/order.ts:1:2.');
});

test('what the user handed over is left as it is', () => {
  const message = `  recorded  activity load("${HERE}/data.csv:1", "a \\" ${HERE}/b")`;
  expect(nearPaths(message)).toBe(message);
});

test('a path that only holds this directory somewhere is left as it is', () => {
  expect(nearPaths(`There is no file /var${HERE}/x.db.`)).toBe(`There is no file /var${HERE}/x.db.`);
});
