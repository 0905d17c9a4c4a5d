import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as results from 'crashwise/results';
import { format, resolveConfig } from 'prettier';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { cliReference } from './cli-reference.js';

// What docs/reference is generated from is the code; UPDATE_DOCS=1 writes it anew.

const FOLDER = 'docs/reference';

async function expected(): Promise<ReadonlyMap<string, string>> {
  const files = new Map([['cli.md', await prettily('cli.md', cliReference())]]);
  for (const schema of Object.values(results)) {
    if (!(schema instanceof z.ZodObject)) continue;
    const name = (schema.shape['schema'] as z.ZodLiteral<string>).value.replace(/^crashwise\/(.*)@(\d+)$/, '$1-$2');
    const file = `${name}.schema.json`;
    // `input`: fields may be added, so that a reader must let unknown ones pass.
    const text = JSON.stringify({ title: file, ...z.toJSONSchema(schema, { io: 'input' }) });
    files.set(file, await prettily(file, text));
  }
  return files;
}

async function prettily(file: string, text: string): Promise<string> {
  const filepath = join(FOLDER, file);
  return format(text, { ...(await resolveConfig(filepath)), filepath });
}

test('docs/reference is up to date (UPDATE_DOCS=1 npx vitest run test/cli/reference.test.ts)', async () => {
  const files = await expected();
  if (process.env['UPDATE_DOCS']) {
    mkdirSync(FOLDER, { recursive: true });
    for (const [file, text] of files) writeFileSync(join(FOLDER, file), text);
  }
  const found = readdirSync(FOLDER).filter((file) => file === 'cli.md' || file.endsWith('.schema.json'));
  expect(found.sort()).toEqual([...files.keys()].sort());
  for (const [file, text] of files) expect(readFileSync(join(FOLDER, file), 'utf8'), file).toBe(text);
});
