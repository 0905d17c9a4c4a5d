import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../loader/package-root.js';
import { shownPath } from '../loader/shown-path.js';

/** Where a page of this package lies, as seen from here: `docs/errors/usage.md`. Undefined where it has no such page. */
export function pagePath(page: string): string | undefined {
  const file = join(PACKAGE_ROOT, page);
  return existsSync(file) ? shownPath(file) : undefined;
}
