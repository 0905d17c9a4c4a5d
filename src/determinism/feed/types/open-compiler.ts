import { createRequire } from 'node:module';
import { openClassic, type ClassicTypeScript } from './classic.js';
import type { Compiler } from './compiler.js';
import { openNative, type NativeTypeScript } from './native.js';

/** The TypeScript of the project that a file belongs to, with that file open; undefined: it has none, or one before 5. */
export function openCompiler(entry: string): Compiler | undefined {
  const path = resolved(entry);
  if (path === undefined) return undefined;
  // As from inside of the package, which may require its own modules of either kind.
  const require = createRequire(path);
  const [major = 0] = String((require(path) as { version: unknown }).version)
    .split('.')
    .map(Number);
  if (major < 5) return undefined;
  if (major < 7) return openClassic(require('typescript') as ClassicTypeScript, entry);
  const ast = require('typescript/unstable/ast') as { SyntaxKind: Record<string, number> };
  return openNative(require('typescript/unstable/sync') as NativeTypeScript, ast, entry);
}

function resolved(entry: string): string | undefined {
  try {
    return createRequire(entry).resolve('typescript/package.json');
  } catch {
    return undefined;
  }
}
