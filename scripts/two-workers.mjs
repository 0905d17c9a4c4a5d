// Several workers on one file under random pauses and kills: `node scripts/two-workers.mjs [--executions 1000] [--seed 1]
// [--workers 3] [--minutes 15] [--broken]`. Prints the figures; fails if anything happened twice that must not, or if
// the storm was none. With --broken the workers write without checking their lease, and it fails if nothing is found.

import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));
const text = (value) => ({ type: 'string', default: value });
const { values } = parseArgs({
  options: {
    executions: text('1000'),
    seed: text('1'),
    workers: text('3'),
    minutes: text('15'),
    broken: { type: 'boolean', default: false },
  },
});
const tsc = `${root}node_modules/typescript/bin/tsc`;
execFileSync(process.execPath, [tsc, '-p', `${root}test/two-workers/tsconfig.json`], { stdio: 'inherit' });
const { storm } = await import('../.test-build/test/two-workers/storm.js');

const { found, figures } = await storm({
  executions: Number(values.executions),
  seed: Number(values.seed),
  workers: Number(values.workers),
  limitMs: Number(values.minutes) * 60_000,
  workerFile: `${root}test/two-workers/worker.mjs`,
  unfenced: values.broken,
});
console.log(figures);
for (const each of found.slice(0, 20)) console.log(each);
if (found.length > 20) console.log(`and ${found.length - 20} more`);

const twice = found.filter((each) => each.includes('twice') || each.includes('without the lease')).length;
const calm = ['killsInFlight', 'pausesInFlight', 'takenOver', 'repeatedByAnother', 'late'].filter(
  (name) => !figures[name],
);
if (!figures.reports['lease-lost'] && !values.broken) calm.push('lease-lost');
if (calm.length > 0) console.log(`This was no storm: none of ${calm.join(', ')}.`);
console.log(
  found.length === 0 ? 'Nothing was recorded twice.' : `${found.length} findings, ${twice} of something twice.`,
);
process.exitCode = calm.length === 0 && (values.broken ? twice > 0 : found.length === 0) ? 0 : 1;
