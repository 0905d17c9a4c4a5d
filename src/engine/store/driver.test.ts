import { expect, test } from 'vitest';
import type { Statement } from './driver.js';
import { ask, checkDriver, isSafeSqlite, loadDriver } from './driver.js';

test.each([
  ['3.51.3', true],
  ['3.51.10', true],
  ['3.52.0', true],
  ['4.0.0', true],
  ['3.51.2', false],
  ['3.45.1', false],
  ['3.9.99', false],
  ['2.99.99', false],
  ['', false],
])('SQLite %s: %s', (version, safe) => {
  expect(isSafeSqlite(version)).toBe(safe);
});

test('the driver of this machine is safe', async () => {
  const { DatabaseSync } = await loadDriver();
  const database = new DatabaseSync(':memory:');
  const version = ask(database, 'SELECT sqlite_version()');
  database.close();
  expect(isSafeSqlite(String(version))).toBe(true);
});

test('a driver with the WAL-reset bug is refused before it opens a file', () => {
  const opened: string[] = [];
  class Old {
    answer: (value: unknown) => null = () => null;
    constructor(path: string) {
      opened.push(path);
    }
    exec(): void {
      this.answer('3.51.2');
    }
    function(_: string, body: (value: unknown) => null): void {
      this.answer = body;
    }
    prepare(): Statement {
      throw new Error('not needed');
    }
    close(): void {}
  }
  expect(() => checkDriver({ DatabaseSync: Old as never })).toThrow(
    expect.objectContaining({ code: 'sqlite-too-old' }),
  );
  expect(opened).toEqual([':memory:']);
});

test('loading it leaves the warnings of the process alone', async () => {
  const { emitWarning } = process;
  await loadDriver();
  expect(process.emitWarning).toBe(emitWarning);
});
