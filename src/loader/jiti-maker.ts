import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Jiti } from 'jiti';
import { ownPackage } from './own-package.js';

/** Makes the loader of a file: TypeScript or JavaScript, with the paths of the tsconfig nearest to the file. */
export async function jitiMaker(): Promise<(file: string) => Jiti> {
  const { createJiti } = await import('jiti');
  const virtualModules = await ownPackage();
  return (file) => {
    try {
      return createJiti(file, { virtualModules, tsconfigPaths: true, fsCache: cacheFolder() });
    } catch (error) {
      throw new Error('Its tsconfig.json cannot be read', { cause: error });
    }
  };
}

// Where caches of a project lie by custom. Without node_modules nothing is written; jiti's own default is a folder in
// /tmp that other users may write to, too.
function cacheFolder(): string | false {
  return existsSync('node_modules') ? join(process.cwd(), 'node_modules/.cache/crashwise') : false;
}
