import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

export interface Manifest {
  readonly name?: string;
  readonly version?: string;
  readonly type?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/** The package.json that a directory belongs to, its own or the nearest above, as Node looks for it. */
export async function findPackage(from: string): Promise<{ folder: string; manifest: Manifest } | undefined> {
  for (let folder = from; ; folder = dirname(folder)) {
    const manifest = await readManifest(folder);
    if (manifest) return { folder, manifest };
    if (dirname(folder) === folder) return undefined;
  }
}

/** The package.json in a folder, or undefined where there is none to read. */
export async function readManifest(folder: string): Promise<Manifest | undefined> {
  try {
    return JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Manifest;
  } catch {
    return undefined;
  }
}
