import { existsSync, statSync } from 'node:fs';
import { SqliteStore } from '../engine/index.js';
import { cliError } from './errors.js';

/**
 * Opens the database for as long as `use` takes. Without `create`, a file that is not there, or is empty, is
 * `database-not-found`: looking at it must not make it.
 */
export async function withDatabase<T>(
  file: string,
  { create }: { readonly create: boolean },
  use: (store: SqliteStore) => Promise<T>,
): Promise<T> {
  if (!create) mustBeThere(file);
  const store = await SqliteStore.open(file);
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}

function mustBeThere(file: string): void {
  if (!existsSync(file)) throw cliError('database-not-found', `There is no file ${file}.`);
  // With a log beside it, it is a damaged database, which the store tells.
  if (statSync(file).size === 0 && !existsSync(`${file}-wal`)) {
    throw cliError('database-not-found', `The file ${file} is empty: no database yet.`);
  }
}
