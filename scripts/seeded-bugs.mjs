// Searches the seeded bugs of scenarios/bugs and prints what comes of it: `node scripts/seeded-bugs.mjs [id ...]`.
// With --first-recall, bugs that were never searched for are, and the outcome is kept; it is never written again.
// With --table, the table in scenarios/bugs/README.md is made anew. Run `npm run build` first.
import { readFileSync, writeFileSync } from 'node:fs';
import { createJiti } from 'jiti';

const jiti = createJiti(import.meta.url);
const bugs = new URL('../scenarios/bugs/', import.meta.url);
const load = (name) => jiti.import(new URL(`${name}.ts`, bugs).pathname);
const { allBugs, firstRecallFile, firstRecalls } = await load('all-bugs');
const { bugTable } = await load('bug-table');
const { outcomesOf } = await load('outcome-of');

const args = process.argv.slice(2);
const flags = new Set(args.filter((arg) => arg.startsWith('--')));
const ids = args.filter((arg) => !arg.startsWith('--'));
const all = await allBugs();

if (flags.has('--table')) {
  const readme = new URL('README.md', bugs);
  const [before] = readFileSync(readme, 'utf8').split(/^### /m);
  writeFileSync(readme, before + bugTable(all));
  process.exit();
}

const first = flags.has('--first-recall');
const meant = all.filter(({ bug, first: known }) => (ids.length === 0 || ids.includes(bug.id)) && !(first && known));
for (const { bug } of meant) {
  const startedAt = Date.now();
  const recall = await outcomesOf(bug, 30_000);
  console.log(`${bug.family}/${bug.id} (${Date.now() - startedAt} ms)`);
  for (const [which, { verdict, stoppedBy, states, broken }] of Object.entries(recall)) {
    const found = broken.map(
      (one) => `${one.property} ${one.crashes}+${one.faults}${one.invisibleAtEnd ? ' invisible' : ''}`,
    );
    console.log(`  ${which.padEnd(8)} ${verdict} (${stoppedBy}, ${states} states) ${found.join(', ')}`);
  }
  if (first) {
    const recalls = { ...firstRecalls(bug.family), [bug.id]: recall };
    writeFileSync(firstRecallFile(bug.family), `${JSON.stringify(recalls, null, 2)}\n`);
  }
}
