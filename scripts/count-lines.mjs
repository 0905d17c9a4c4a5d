// The engine is to be small enough to read in one sitting: the goal is 1,800 lines of code in src/engine, both stores
// counted, tests and the conformance suite apart. Blank lines and comments are told, and not counted. The goal is not
// reached; the ceiling keeps the engine from growing until it is. It was raised once, from 2,200, when a decision stopped
// replaying the whole history and a longer history stopped being a copy: without that, 1,000 steps took minutes.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const GOAL = 1_800;
const CEILING = 2_300;
const engine = fileURLToPath(new URL('../src/engine/', import.meta.url));
const files = readdirSync(engine, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.includes('conformance'),
);
const lines = files.flatMap((file) =>
  readFileSync(engine + file, 'utf8')
    .trimEnd()
    .split('\n'),
);
const code = lines.filter((line) => !/^\s*($|\/\/|\/\*|\*)/.test(line)).length;
const verdict = code <= GOAL ? 'reached' : `not reached, ${code - GOAL} too many`;
console.log(`src/engine: ${code} lines of code (${lines.length} with comments and blank lines)`);
console.log(`goal ${GOAL}: ${verdict}; ceiling ${CEILING}: ${code <= CEILING ? 'kept' : 'broken'}`);
if (code > CEILING) process.exitCode = 1;
