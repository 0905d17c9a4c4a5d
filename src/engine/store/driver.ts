import type { DatabaseSyncInstance, SqliteModule } from '@photostructure/sqlite';
import { engineError } from '../errors.js';

export type { DatabaseSyncInstance as Database, StatementSyncInstance as Statement } from '@photostructure/sqlite';

/** `node:sqlite`, or `@photostructure/sqlite`, which has the same interface. */
export type Driver = Pick<SqliteModule, 'DatabaseSync'>;

/** Before 3.51.3 SQLite can lose committed writes (the WAL-reset bug). */
export function isSafeSqlite(version: string): boolean {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  return major * 1e6 + minor * 1e3 + patch >= 3_051_003;
}

/** The driver built into Node where it is safe, else that of npm. Throws `sqlite-too-old` or `store-unusable`. */
export async function loadDriver(): Promise<Driver> {
  const driver = isSafeSqlite(process.versions['sqlite'] ?? '') ? loadBuiltIn() : undefined;
  return checkDriver(driver ?? (await loadPackage()));
}

export function checkDriver(driver: Driver): Driver {
  const database = new driver.DatabaseSync(':memory:');
  const version = String(ask(database, 'SELECT sqlite_version()'));
  database.close();
  if (isSafeSqlite(version)) return driver;
  throw engineError('sqlite-too-old', `The driver brings SQLite ${version}; it takes 3.51.3 or later.`);
}

/**
 * The single value of a query, without a prepared statement: as long as one is not garbage, `@photostructure/sqlite`
 * keeps a closed connection open, and with it the locks and the log of the file.
 */
export function ask(database: DatabaseSyncInstance, sql: string): unknown {
  let answer: unknown;
  database.function('answer', (value: unknown) => {
    answer = value;
    return null;
  });
  database.exec(`SELECT answer((${sql}))`);
  return answer;
}

// Undefined where Node hides it behind a flag. Node 22 warns on loading that its interface is experimental, which is
// nothing a user of crashwise could act on: the warning of this one synchronous call is dropped.
function loadBuiltIn(): Driver | undefined {
  const { emitWarning } = process;
  process.emitWarning = () => undefined;
  try {
    return process.getBuiltinModule('node:sqlite') as unknown as Driver | undefined;
  } finally {
    process.emitWarning = emitWarning;
  }
}

function loadPackage(): Promise<Driver> {
  return import('@photostructure/sqlite').catch((cause: unknown) => {
    throw engineError('store-unusable', 'The SQLite driver @photostructure/sqlite cannot be loaded here.', { cause });
  });
}
