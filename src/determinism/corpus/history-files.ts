import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { corpusError } from './errors.js';

const HISTORY = /\.(?:json|jsonl|ndjson)$/;

/** The files of a path: itself, or all `.json`, `.jsonl` and `.ndjson` files in a folder, by name. Throws `history-unreadable`. */
export function historyFiles(path: string): readonly string[] {
  try {
    if (!statSync(path).isDirectory()) return [path];
    const names = readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((name) => HISTORY.test(name));
    if (names.length > 0) return names.sort().map((name) => join(path, name));
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const missing = code === 'ENOENT';
    throw corpusError('history-unreadable', missing ? 'There is no such file or folder.' : `${message}.`, { cause });
  }
  throw corpusError('history-unreadable', 'The folder holds no .json, .jsonl or .ndjson file.');
}
