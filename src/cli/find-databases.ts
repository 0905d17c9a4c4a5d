import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** The databases of the reference engine in a directory, the one that was written last first. */
export async function findDatabases(directory: string, over: AbortSignal): Promise<readonly string[]> {
  const names = (await readdir(directory)).filter((name) => /\.(?:db|sqlite3?)$/.test(name)).sort();
  const found: { readonly name: string; readonly at: number }[] = [];
  for (const name of names) {
    if (over.aborted) break;
    const path = join(directory, name);
    // While a process has it open, what is new stands in its log.
    if (await isOurs(path)) found.push({ name, at: Math.max(await writtenAt(path), await writtenAt(`${path}-wal`)) });
  }
  return found.sort((a, b) => b.at - a.at).map(({ name }) => name);
}

// The application id in the header of an SQLite file, as the engine sets it.
async function isOurs(path: string): Promise<boolean> {
  const file = await open(path).catch(() => undefined);
  try {
    const read = await file?.read(Buffer.alloc(4), 0, 4, 68);
    return read?.buffer.toString('latin1') === 'CrWs';
  } catch {
    return false;
  } finally {
    await file?.close();
  }
}

async function writtenAt(path: string): Promise<number> {
  return (await stat(path).catch(() => undefined))?.mtimeMs ?? 0;
}
