import { isAbsolute, relative, resolve } from 'node:path';

/** A path as a reader in this directory wants it: relative, unless that leads far out. */
export function shownPath(file: string): string {
  const near = relative(process.cwd(), resolve(file));
  return near === '' || isAbsolute(near) || near.startsWith('../../') ? resolve(file) : near;
}
