import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { cliError } from './errors.js';
import { shownPath } from '../loader/shown-path.js';

/** Makes the folder of a file. Throws `file-not-written` where no file can be written there, before any work is done. */
export function makeWritable(file: string): void {
  attempt(file, () => {
    mkdirSync(dirname(file), { recursive: true });
    if (!existsSync(file)) return accessSync(dirname(file), constants.W_OK);
    if (statSync(file).isDirectory()) throw new Error('it is a folder');
    accessSync(file, constants.W_OK);
  });
}

/** Writes a file so that a reader sees the old one or the new one, whole. Throws `file-not-written`. */
export function writeWhole(file: string, text: string): void {
  attempt(file, () => {
    mkdirSync(dirname(file), { recursive: true });
    // A pipe or a device is written to and not replaced; what a link leads to is replaced, and not the link.
    if (existsSync(file) && !statSync(file).isFile()) return writeFileSync(file, text);
    const target = existsSync(file) ? realpathSync(file) : file;
    const fresh = `${target}.${process.pid}.tmp`;
    try {
      writeFileSync(fresh, text);
      renameSync(fresh, target);
    } finally {
      rmSync(fresh, { force: true });
    }
  });
}

function attempt(file: string, action: () => void): void {
  try {
    action();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw cliError('file-not-written', `${shownPath(file)} cannot be written: ${why}.`, { cause: error });
  }
}
