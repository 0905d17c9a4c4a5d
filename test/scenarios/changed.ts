import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createJiti } from 'jiti';
import { expect } from 'vitest';

/** The module with some of its text changed; each must be there exactly once. For modules that import types only. */
export function changed<Module>(url: URL, changes: readonly (readonly [from: string, to: string])[]): Module {
  let source = readFileSync(url, 'utf8');
  for (const [from, to] of changes) {
    expect(source.split(from), `"${from}" occurs once`).toHaveLength(2);
    source = source.replace(from, to);
  }
  return createJiti(import.meta.url).evalModule(source, { filename: fileURLToPath(url) }) as Module;
}
