import { accessSync, closeSync, constants, existsSync, lstatSync, openSync, readlinkSync } from 'node:fs';
import { readSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { checkName } from '../check.js';
import { engineError } from '../errors.js';
import type { EngineErrorCode } from '../errors.js';
import { ask, loadDriver } from './driver.js';
import type { Database, Driver } from './driver.js';

/** `CrWs`, in the header of the file: it is set before anything else, and nothing is ever written to a file without. */
const APPLICATION_ID = 0x43725773;
const SCHEMA_VERSION = 1;
const BUSY_MS = 5_000;
/** The result code of SQLite for a half-done transaction that a connection without the right to write meets. */
const READONLY_ROLLBACK = 776;

/** The columns of an execution that are written. */
export const FIELDS =
  'id, workflow, status, length, createdAt, wakeAt, leaseToken, leaseOwner, leaseUntil, claims, problem';
const SCHEMA = `
  PRAGMA application_id = ${APPLICATION_ID};
  PRAGMA user_version = ${SCHEMA_VERSION};
  CREATE TABLE executions (
    id TEXT PRIMARY KEY, workflow TEXT NOT NULL, status TEXT NOT NULL, length INTEGER NOT NULL,
    createdAt INTEGER NOT NULL, wakeAt INTEGER, leaseToken INTEGER NOT NULL, leaseOwner TEXT, leaseUntil INTEGER,
    claims INTEGER NOT NULL, problem TEXT, dueAt INTEGER AS (max(wakeAt, coalesce(leaseUntil, 0)))
  );
  CREATE INDEX executionsRunning ON executions (dueAt, id) WHERE status = 'running';
  CREATE INDEX executionsBlocked ON executions (id) WHERE status = 'blocked';
  CREATE TABLE events (id TEXT, n INTEGER, event TEXT NOT NULL, PRIMARY KEY (id, n)) WITHOUT ROWID;`;

/** Opens a store's file, or makes it; what it refuses it leaves as it is, with its log. Throws as `SqliteStore.open`. */
export async function openFile<T>(path: string, use: (file: string, db: Database) => T): Promise<T> {
  const driver = await loadDriver();
  let file = checkName('the path of a database', path);
  let db: Database | undefined;
  try {
    file = realFile(file);
    const isChecked = checkLeftovers(driver, file);
    db = connect(driver, file);
    if (!isChecked) check(db, file);
    if (pragma(db, 'schema_version') === 0) createSchema(db);
    await keepLog(db);
    // FULL: a commit is on the disk before it returns. fullfsync: on a Mac, too.
    db.exec('PRAGMA synchronous = FULL; PRAGMA fullfsync = ON');
    return use(file, db);
  } catch (error) {
    db?.close();
    throw coded(file, error);
  }
}

// Where SQLite keeps the log: beside the file itself, wherever a link to it lies. An absolute path is never taken for a
// URI, nor for the `:memory:` of SQLite. Neither the file nor what a link points at need be there yet.
function realFile(path: string, links = 0): string {
  const file = resolve(path);
  if (existsSync(file) || links > 40) return realpathSync(file); // Which says so, if the links go round in a circle.
  const folder = realpathSync(dirname(file));
  const isLink = lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink();
  return isLink ? realFile(resolve(folder, readlinkSync(file)), links + 1) : join(folder, basename(file));
}

/** Closes the file; the last one to do so leaves it without a log. */
export function closeFile(db: Database): void {
  try {
    // Closing alone does not do it under @photostructure/sqlite; see `ask`.
    db.exec('PRAGMA busy_timeout = 0; PRAGMA journal_mode = DELETE');
  } catch {
    // Another connection still has it open, and will see to it: not worth waiting for.
  }
  db.close();
}

/** Takes the write lock before it reads, so that what it has read still holds when it writes. */
export function transaction<T>(db: Database, body: () => T): T {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = body();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    // When the disk is full, SQLite has rolled back by itself.
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

/** The error as the contract knows it. What is neither the driver's nor the file system's stays as it is. */
export function coded(file: string, cause: unknown): unknown {
  const { errcode, syscall, code } = cause as { errcode?: number; syscall?: string; code?: string };
  const isDriver = errcode !== undefined || syscall !== undefined || code === 'ERR_INVALID_STATE';
  // Nothing but stored text is parsed here.
  if (!isDriver && !(cause instanceof SyntaxError)) return cause;
  return engineError(isDriver ? codeOf(errcode) : 'store-damaged', `${file}: ${(cause as Error).message}`, { cause });
}

function codeOf(errcode = 0): EngineErrorCode {
  // IOERR_WRITE and IOERR_SHMSIZE: what quotas and file size limits end in, where a full disk is not called FULL.
  if (errcode === 778 || errcode === 4874) return 'store-full';
  const primary = errcode & 0xff;
  if (primary === 13) return 'store-full';
  // BUSY, LOCKED, PROTOCOL.
  if (primary === 5 || primary === 6 || primary === 15) return 'store-busy';
  // ERROR (a table is missing, a text is no JSON), CORRUPT, CONSTRAINT, NOTADB.
  return [1, 11, 19, 26].includes(primary) ? 'store-damaged' : 'store-unusable';
}

function connect({ DatabaseSync }: Driver, file: string, readOnly = false): Database {
  return new DatabaseSync(file, { readOnly, timeout: BUSY_MS });
}

function pragma(db: Database, name: string): unknown {
  return ask(db, `SELECT * FROM pragma_${name}`);
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

// A killed process leaves a log or a journal behind. A connection that may write would work it into the file, even into
// one that it refuses: such a file is checked by one that may not. False: `check` is still to be called.
function checkLeftovers(driver: Driver, file: string): boolean {
  // The log is looked for first: another process may be making the file at this moment, and its log comes last.
  const hasLog = existsSync(`${file}-wal`);
  if (sizeOf(file) === 0) {
    // SQLite would throw away a log without its database.
    if (hasLog) throw engineError('store-damaged', `${file} is missing or empty, but its log is not.`);
    return false;
  }
  accessSync(file, constants.R_OK | constants.W_OK);
  if (!hasLog && !existsSync(`${file}-journal`)) return false;
  const reader = connect(driver, file, true);
  try {
    return check(reader, file);
  } finally {
    reader.close();
  }
}

// False: it is ours, and cannot be looked at before somebody who may write has rolled its journal back.
function check(db: Database, file: string): boolean {
  const foreign = (): Error => engineError('store-foreign', `${file} is not a database of crashwise.`);
  try {
    // The size is asked for last: the first query may roll a half-done making back. SQLite sees no page in one byte.
    if (pragma(db, 'page_count') === 0 && sizeOf(file) === 0) return true;
    if (pragma(db, 'application_id') !== APPLICATION_ID) throw foreign();
    const version = pragma(db, 'user_version') as number;
    if (version > SCHEMA_VERSION) {
      throw engineError('store-newer', `${file} has version ${version}; this crashwise knows ${SCHEMA_VERSION}.`);
    }
    const found = pragma(db, 'quick_check');
    if (found !== 'ok') throw engineError('store-damaged', `${file} is damaged: ${String(found)}`);
    db.exec(`SELECT ${FIELDS}, dueAt, n, event FROM executions JOIN events USING (id) LIMIT 0`);
    return true;
  } catch (error) {
    const { errcode = 0 } = error as { errcode?: number };
    const isHalfDone = errcode === READONLY_ROLLBACK;
    if ((isHalfDone || codeOf(errcode) === 'store-damaged') && !hasOurHeader(file)) throw foreign();
    if (isHalfDone) return false;
    throw error;
  }
}

// Only for a file that SQLite cannot read: closing it drops every lock that this process has on it, and an open store
// elsewhere in the process needs its own.
function hasOurHeader(file: string): boolean {
  const header = Buffer.alloc(72);
  const descriptor = openSync(file, 'r');
  const size = readSync(descriptor, header);
  closeSync(descriptor);
  const isSqlite = 'SQLite format 3\0'.startsWith(header.toString('latin1', 0, Math.min(size, 16)));
  return isSqlite && (size < 72 || header.readUInt32BE(68) === APPLICATION_ID);
}

// In its own step after the schema, so that the header of the file itself, and not only its log, says whose it is.
async function keepLog(db: Database): Promise<void> {
  for (const deadline = Date.now() + BUSY_MS; ; await wait(10)) {
    try {
      db.exec('PRAGMA journal_mode = WAL');
      return;
    } catch (error) {
      // For this one statement SQLite does not wait by itself.
      if (codeOf((error as { errcode?: number }).errcode) !== 'store-busy' || Date.now() > deadline) throw error;
    }
  }
}

function createSchema(db: Database): void {
  // Another process may have been faster.
  transaction(db, () => pragma(db, 'schema_version') === 0 && db.exec(SCHEMA));
}
