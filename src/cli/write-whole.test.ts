import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeWritable, writeWhole } from './write-whole.js';

const folder = (): string => mkdtempSync(join(tmpdir(), 'crashwise-write-'));
const refused = expect.objectContaining({ code: 'file-not-written' });

test('makes the folder, replaces what was there, and leaves nothing beside it', () => {
  const file = join(folder(), 'a/b.txt');
  writeWhole(file, 'one');
  writeWhole(file, 'two');
  expect(readFileSync(file, 'utf8')).toBe('two');
  expect(readdirSync(join(file, '..'))).toEqual(['b.txt']);
});

test('a link stays a link', () => {
  const place = folder();
  writeFileSync(join(place, 'real'), 'one');
  symlinkSync(join(place, 'real'), join(place, 'link'));
  writeWhole(join(place, 'link'), 'two');
  expect(lstatSync(join(place, 'link')).isSymbolicLink()).toBe(true);
  expect(readFileSync(join(place, 'real'), 'utf8')).toBe('two');
});

test.skipIf(process.platform === 'win32')('a device is written to and not replaced', () => {
  writeWhole('/dev/null', 'text');
  expect(lstatSync('/dev/null').isCharacterDevice()).toBe(true);
});

test('a folder, and what lies below a file, cannot be written: told before and after', () => {
  const place = folder();
  mkdirSync(join(place, 'folder'));
  writeFileSync(join(place, 'file'), '');
  for (const file of [join(place, 'folder'), join(place, 'file/below')]) {
    expect(() => makeWritable(file), file).toThrow(refused);
    expect(() => writeWhole(file, ''), file).toThrow(refused);
  }
});

test('a reader never sees half of it', () => {
  // A file of its own takes the place: the number of the file changes, so that it was not written over.
  const file = join(folder(), 'a');
  writeWhole(file, 'one');
  const before = statSync(file).ino;
  writeWhole(file, 'two');
  expect(statSync(file).ino).not.toBe(before);
});
