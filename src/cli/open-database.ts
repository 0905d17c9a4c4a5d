import { existsSync } from 'node:fs';
import { SqliteStore } from '../engine/index.js';
import { cliError } from './errors.js';

/**
 * Opens the database for as long as `use` takes. Without `create`, a file that is not there is `database-not-found`:
 * looking at it must not make it.
 */
export async function withDatabase<T>(
  file: string,
  { create }: { readonly create: boolean },
  use: (store: SqliteStore) => Promise<T>,
): Promise<T> {
  if (!create && !existsSync(file)) throw cliError('database-not-found', `There is no file ${file}.`);
  const store = await SqliteStore.open(file);
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}
