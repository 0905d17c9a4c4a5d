import { isAbsolute, relative, resolve, sep } from 'node:path';

/** A path as a reader in this directory wants it: relative, unless that leads far out and is longer. */
export function shownPath(file: string): string {
  const whole = resolve(file);
  const near = relative(process.cwd(), whole);
  if (near === '' || isAbsolute(near)) return whole;
  const leadsFarOut = near.startsWith(`..${sep}..${sep}`);
  return leadsFarOut && near.length > whole.length ? whole : near;
}
