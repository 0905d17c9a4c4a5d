#!/usr/bin/env node
import { existsSync } from 'node:fs';

const main = new URL('../dist/cli/main.js', import.meta.url);
if (existsSync(main)) {
  process.exitCode = await (await import(main.href)).main(process.argv.slice(2));
} else {
  process.stderr.write('crashwise is not built yet: run `npm install` (or `npm run build`) in its folder.\n');
  process.exitCode = 2;
}
