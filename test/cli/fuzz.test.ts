import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { determinismSchema } from 'crashwise/results';
import { expect, test } from 'vitest';
import { crashwise, project, unwrapped } from './installed.js';

// Goal: what the command line makes of a search. Method: the built package, as a project has it.

const HEAD = `
import { activities, workflow } from 'crashwise/engine';
const { step } = activities<{ step: (n: unknown) => number }>();
export const fuzz = { input: 'a', results: { step: 1 } };
`;
const WRONG = `${HEAD}
export const wrong = workflow('wrong', async () => { await step(process.pid); });
export const elsewhere = workflow('elsewhere', async () => { await step(Math.random()); });
export const right = workflow('right', async (id: string) => { await step(id); });
`;
const ENDLESS = `${HEAD}
export const first = workflow('first', async () => { await step(1); });
export const endless = workflow('endless', async () => { await step(1); for (;;); });
export const last = workflow('last', async () => { await step(2); });
`;

test('a divergence is told, kept, and run first the next time', async () => {
  const folder = project({ 'flows.ts': WRONG });
  const first = await crashwise(folder, ['fuzz', 'flows.ts', '--runs', '100']);
  expect(first.code).toBe(1);
  expect(first.stdout).toMatch(/^elsewhere +no divergence 100 runs [^]*? see below$/m);
  expect(first.stdout).toMatch(/^right +no divergence 100 runs/m);
  expect(first.stdout).toMatch(/^wrong +DIVERGENT found in run 1$/m);
  expect(first.stdout).toContain('cause     process.pid, the process, flows.ts:6');
  expect(first.stdout).toContain('1 divergent, 2 without divergence');
  const kept = readdirSync(join(folder, '.crashwise/counterexamples'));
  expect(kept.map((name) => name.replace(/-[\da-f]{8}/, '')).sort()).toEqual(['elsewhere.json', 'wrong.json']);

  const again = await crashwise(folder, ['fuzz', 'flows.ts', '--runs', '100', '--only', 'wrong', '--json']);
  const { targets } = determinismSchema.parse(JSON.parse(again.stdout));
  expect(targets).toHaveLength(1);
  expect(targets[0]!.divergences[0]).toMatchObject({
    run: 1,
    guard: 'refused',
    saved: expect.stringContaining('wrong-'),
  });

  writeFileSync(join(folder, '.crashwise/counterexamples', kept[0]!), '{');
  const odd = await crashwise(folder, ['fuzz', 'flows.ts', '--runs', '10', '--only', 'right']);
  expect(odd.code).toBe(0);
  expect(odd.stderr).toContain('does not hold what crashwise has written; it is not run.');
}, 120_000);

test('what this engine makes harmless is a finding with --portable', async () => {
  const folder = project({ 'flows.ts': WRONG });
  const args = ['fuzz', 'flows.ts', '--runs', '50', '--only', 'elsewhere'];
  expect((await crashwise(folder, args)).code).toBe(0);
  expect((await crashwise(folder, [...args, '--portable'])).code).toBe(1);
}, 120_000);

test('code that never ends is named, and the rest still runs; so does what stands beside a bad module', async () => {
  const folder = project({
    'endless.ts': ENDLESS,
    'none.ts': 'export const a = 1;',
    'throws.ts': "throw new Error('no database');",
  });
  const args = ['fuzz', 'none.ts', 'endless.ts', 'throws.ts', '--runs', '50', '--json'];
  const { code, stdout, stderr } = await crashwise(folder, args);
  const { targets } = determinismSchema.parse(JSON.parse(stdout));
  expect(targets.map(({ workflow, verdict, stoppedBy }) => [workflow, verdict, stoppedBy])).toEqual([
    ['endless', 'inconclusive', 'error'],
    ['first', 'no-divergence', 'runs'],
    ['last', 'no-divergence', 'runs'],
  ]);
  expect(targets[0]!.reasons.join()).toContain('endless.ts:7 lets nothing else run');
  expect(stderr).toContain('error no-workflows: none.ts exports no workflow. It exports: a.');
  expect(stderr).toContain('error module-not-loaded: throws.ts could not be loaded. no database');
  expect(code).toBe(2);
}, 120_000);

test('a file that is not there, and a share that there is not, are wrong usage', async () => {
  const folder = project({ 'flows.ts': WRONG });
  expect(await crashwise(folder, ['fuzz', 'nosuch.ts'])).toMatchObject({ code: 2, stdout: '' });
  const share = await crashwise(folder, ['fuzz', 'flows.ts', '--shard', '5/4']);
  expect(share.code).toBe(2);
  expect(share.stderr).toContain('1/4 to 4/4');
  expect(existsSync(join(folder, '.crashwise'))).toBe(false);
}, 60_000);

test('several reports at once, each in its place; one that cannot be written is told before the search', async () => {
  const folder = project({ 'flows.ts': WRONG });
  const args = ['fuzz', 'flows.ts', '--runs', '50', '--reporter', 'github=/dev/stderr', '--reporter'];
  const { code, stdout, stderr } = await crashwise(folder, [...args, 'sarif=out/a.sarif', '--reporter=junit=a.xml']);
  expect(code).toBe(1);
  expect(stdout).toMatch(/^elsewhere[^]*exit 1\n$/);
  expect(stderr.match(/^::.*$/gm)).toEqual([
    expect.stringMatching(/^::error file=flows\.ts,line=6,title=wrong%3A not deterministic::/),
  ]);
  const sarif = JSON.parse(readFileSync(join(folder, 'out/a.sarif'), 'utf8')) as { runs: [{ results: unknown[] }] };
  expect(sarif.runs[0].results).toHaveLength(2);
  expect(readFileSync(join(folder, 'a.xml'), 'utf8')).toContain('tests="3" failures="1" errors="0" skipped="0"');

  mkdirSync(join(folder, 'taken'));
  const unwritable = await crashwise(folder, [...args, 'sarif=taken']);
  expect(unwritable).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('error file-not-written') });
  const mermaid = await crashwise(folder, [...args, 'mermaid']);
  expect(mermaid.code).toBe(2);
  expect(unwrapped(mermaid.stderr)).toContain('It takes terminal, json, junit, github, sarif.');
  const simulated = await crashwise(folder, ['simulate', 'signup', '--reporter', 'sarif']);
  expect(simulated.code).toBe(2);
  expect(unwrapped(simulated.stderr)).toContain('It takes terminal, json, junit, github, mermaid.');
}, 120_000);

test('a baseline: what it holds is accepted, what is new counts, what is gone is stale', async () => {
  const folder = project({ 'flows.ts': WRONG });
  const args = ['fuzz', 'flows.ts', '--runs', '50'];
  const missing = await crashwise(folder, [...args, '--baseline', 'known.json']);
  expect(missing).toMatchObject({ code: 2, stdout: '' });
  expect(unwrapped(missing.stderr)).toContain('--reporter json=known.json in place of --baseline');

  expect((await crashwise(folder, [...args, '--reporter', 'json=known.json'])).code).toBe(1);
  const known = await crashwise(folder, [...args, '--baseline', 'known.json']);
  expect(known.code).toBe(0);
  expect(known.stdout).toMatch(/^wrong +no divergence 51 runs/m);
  expect(known.stdout).toMatch(/^ACCEPTED {2}wrong: process\.pid, the process, flows\.ts:6$/m);
  expect(known.stdout).not.toMatch(/STALE|DIVERGENT/);

  writeFileSync(join(folder, 'flows.ts'), WRONG.replace('process.pid', '1').replace('step(id)', 'step(process.ppid)'));
  const changed = await crashwise(folder, [...args, '--baseline', 'known.json', '--json']);
  expect(changed.code).toBe(1);
  const { targets, stale } = determinismSchema.parse(JSON.parse(changed.stdout));
  expect(targets.map(({ workflow, verdict }) => [workflow, verdict])).toEqual([
    ['elsewhere', 'no-divergence'],
    ['right', 'divergent'],
    ['wrong', 'no-divergence'],
  ]);
  expect(stale).toEqual([
    { workflow: 'wrong', file: 'flows.ts', signature: expect.stringMatching(/^process\.pid flows\.ts:6/) },
  ]);
  const share = await crashwise(folder, [...args, '--baseline', 'known.json', '--json', '--shard', '1/2']);
  expect(determinismSchema.parse(JSON.parse(share.stdout)).stale).toEqual([]);
  expect((await crashwise(folder, [...args, '--baseline', 'known.json'])).stdout).toMatch(
    /^STALE {5}wrong of flows\.ts: /m,
  );

  writeFileSync(join(folder, 'known.json'), '{}');
  const odd = await crashwise(folder, [...args, '--baseline', 'known.json']);
  expect(odd).toMatchObject({ code: 2, stdout: '' });
  expect(odd.stderr).toContain('known.json is no result of crashwise fuzz.');
}, 120_000);
