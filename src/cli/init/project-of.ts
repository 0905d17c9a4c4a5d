import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findPackage } from '../find-package.js';

/** How files are written for a project. */
export interface Project {
  readonly typescript: boolean;
  /** Of its files, without the dot. Node takes it for an ES module, whatever the package's type. */
  readonly extension: 'ts' | 'mts' | 'js' | 'mjs';
}

/**
 * What a directory is, by its nearest package.json: TypeScript if there is a tsconfig.json or a dependency on TypeScript
 * or on types. Without a package.json: TypeScript, which `crashwise` loads as it is.
 */
export async function projectOf(directory: string): Promise<Project> {
  const found = await findPackage(directory);
  if (!found) return { typescript: true, extension: 'ts' };
  const { folder, manifest } = found;
  const names = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
  const typescript =
    [directory, folder].some((place) => existsSync(join(place, 'tsconfig.json'))) ||
    names.some((name) => name === 'typescript' || name.startsWith('@types/'));
  const language = typescript ? 'ts' : 'js';
  return { typescript, extension: manifest.type === 'module' ? language : `m${language}` };
}
