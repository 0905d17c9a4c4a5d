import { realpathSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Jiti } from 'jiti';
import { packageOf } from './package-of.js';
import { shownPath } from './shown-path.js';

/** What an import leads to: a file that is evaluated anew, or something that all evaluations share. */
export type Target =
  | { readonly file: string }
  /** `name`: the package that keeps its variables; none for Node's modules and for crashwise. */
  | { readonly name?: string };

// Anything else, an addon say, is for Node to load, once.
const EVALUATED = /\.(?:[cm]?[jt]sx?|json)$/;

/** Looks an import up, as seen from the file of this loader. Throws what Node throws where there is none. */
export function targetOf(
  id: string,
  how: 'import' | 'require',
  jiti: Jiti,
  isFresh: (packageName: string | undefined) => boolean,
): Target {
  const own = jiti.options.virtualModules ?? {};
  if (isBuiltin(id) || id.startsWith('data:') || Object.hasOwn(own, id)) return {};
  const found = how === 'import' ? jiti.esmResolve(id) : jiti.resolve(id.startsWith('file:') ? fileURLToPath(id) : id);
  const path = found.startsWith('file:') ? fileURLToPath(found.replace(/[?#].*$/, '')) : found;
  if (isBuiltin(path)) return {};
  const file = realpathSync(path);
  const name = packageOf(file);
  if (isFresh(name) && EVALUATED.test(file)) return { file };
  return { name: name ?? shownPath(file) };
}
