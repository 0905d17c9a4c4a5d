import { isAbsolute, relative, resolve, sep } from 'node:path';

/** A file as GitHub knows it, from the root of the checkout, where this runs in one; else as it is given. */
export function repositoryPath(file: string): string {
  const root = process.env['GITHUB_WORKSPACE'];
  const inside = root ? relative(root, resolve(file)) : '';
  const known = inside !== '' && inside !== '..' && !inside.startsWith(`..${sep}`) && !isAbsolute(inside);
  return (known ? inside : file).replaceAll(sep, '/');
}
