// Searches the zoo of non-determinism: every wrong workflow under ten seeds, every right one under two, each in the default
// budget. Prints what was missed, how much was blamed rightly, and the time. Two processes side by side.
//   node scripts/nondeterminism.mjs [wrong seeds] [right seeds]       npm run test:zoo
import { fork } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { pathToFileURL } from 'node:url';
import { resolve } from 'node:path';
import { fuzz } from 'crashwise/determinism';
import { createJiti } from 'jiti';

const FOLDER = 'scenarios/nondeterminism';
const filesIn = (folder) => readdirSync(`${FOLDER}/${folder}`).map((name) => `${FOLDER}/${folder}/${name}`);

async function search(file, only, seed) {
  const { targets } = await fuzz({ files: [file], only: (name) => name === only, seed: String(seed), portable: true });
  return targets[0];
}

/** What is wrong with the answer for a wrong workflow; none: found, and blamed as it should be. */
function missOf({ verdict, divergences }, { source, guard }, marks) {
  if (verdict !== 'divergent') return 'not found';
  const [first] = divergences;
  const blamed = first.blame.map((one) => `${one.group}:${one.line}`);
  if (divergences.length !== 1 || blamed.length !== 1)
    return `several causes: ${divergences.map((d) => d.signature).join('; ')}`;
  if (first.blame[0].group !== source) return `blames ${blamed[0]} instead of ${source}`;
  if (!marks.includes(first.blame[0].line)) return `blames line ${first.blame[0].line} instead of ${marks.join()}`;
  return first.guard === guard ? undefined : `says that the guard does ${first.guard} instead of ${guard}`;
}

async function share(index, of, [wrongSeeds, rightSeeds]) {
  const told = { wrong: 0, found: 0, blamed: 0, right: 0, alarms: 0, misses: [] };
  const cases = filesIn('cases').filter((_, at) => at % of === index);
  const rights = filesIn('right').filter((_, at) => at % of === index);
  const jiti = createJiti(import.meta.url);
  for (const file of cases) {
    const { about, wrong, repaired } = await jiti.import(pathToFileURL(resolve(file)).href);
    const marks = readFileSync(file, 'utf8')
      .split('\n')
      .flatMap((text, at) => (text.includes('// <- blame') ? [at + 1] : []));
    for (let seed = 1; seed <= wrongSeeds; seed += 1) {
      const target = await search(file, wrong.name, seed);
      const miss = missOf(target, about, marks);
      told.wrong += 1;
      if (target.verdict === 'divergent') told.found += 1;
      if (miss === undefined) told.blamed += 1;
      else told.misses.push(`${wrong.name}, seed ${seed}: ${miss}`);
    }
    await harmless(file, repaired.name);
  }
  for (const file of rights) await harmless(file, (await jiti.import(pathToFileURL(resolve(file)).href)).right.name);

  async function harmless(file, name) {
    for (let seed = 1; seed <= rightSeeds; seed += 1) {
      const target = await search(file, name, seed);
      told.right += 1;
      if (target.verdict === 'no-divergence') continue;
      told.alarms += 1;
      told.misses.push(`${name}, seed ${seed}: ${target.verdict} ${target.reasons.join('; ')}`);
    }
  }
  return told;
}

const [, , first = '10', second = '2', at, of] = process.argv;
const seeds = [Number(first), Number(second)];
if (at === undefined) {
  const began = performance.now();
  const shares = Math.min(2, availableParallelism());
  const told = await Promise.all(
    Array.from(
      { length: shares },
      (_, index) =>
        new Promise((done, failed) => {
          const child = fork(new URL(import.meta.url), [first, second, String(index), String(shares)]);
          child.once('message', done);
          child.once('exit', (code) => code === 0 || failed(new Error(`A share ended with ${code}.`)));
        }),
    ),
  );
  const sum = (key) => told.reduce((total, one) => total + one[key], 0);
  for (const miss of told.flatMap(({ misses }) => misses)) console.log(miss);
  const percent = ((sum('blamed') / sum('wrong')) * 100).toFixed(1);
  console.log(
    `wrong: ${sum('found')} of ${sum('wrong')} found, ${sum('blamed')} (${percent} %) with the right source, line and answer of the guard`,
  );
  console.log(`right: ${sum('right') - sum('alarms')} of ${sum('right')} left alone`);
  console.log(`${((performance.now() - began) / 60_000).toFixed(1)} minutes`);
  process.exitCode = sum('found') < sum('wrong') || sum('alarms') > 0 ? 1 : 0;
} else {
  process.send(await share(Number(at), Number(of), seeds), () => process.exit(0));
}
