import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { historySchema, patchesSchema, replaySchema } from 'crashwise/results';
import { beforeAll, expect, test } from 'vitest';
import { crashwise, installed, project, type Ended } from './installed.js';

beforeAll(installed, 180_000);

const CODE = `
import { activities as proxy, defineSignal, setHandler, condition, workflow } from 'crashwise/engine';

export const activities = {
  charge: async (id: string): Promise<string> => 'receipt ' + id,
  reserve: async (id: string): Promise<string> => 'shelf ' + id,
};
const { charge, reserve } = proxy<typeof activities>({ startToCloseTimeoutMs: 10_000 });
const approve = defineSignal('approve');

export const order = workflow('order', async ({ id, express }: { id: string; express: boolean }) => {
  let approved = false;
  setHandler(approve, () => {
    approved = true;
  });
  await charge(id);
  if (express) {
    await reserve(id);
    await condition(() => approved);
  }
  return id;
});
`;

const REPLAY = ['replay', 'h.jsonl', '--workflows', 'order.ts'];
const PATCHES = ['patches', 'h.jsonl', '--workflows', 'order.ts'];
const document = ({ stdout }: Ended): unknown => JSON.parse(stdout);

/** A folder with a database of two orders, one of them still open, and what they export. */
async function shop(): Promise<{ folder: string; run: (...args: string[]) => Promise<Ended>; exported: string }> {
  const folder = project({ 'order.ts': CODE });
  const run = (...args: string[]): Promise<Ended> => crashwise(folder, args);
  for (const [id, express] of [
    ['o-1', true],
    ['o-2', false],
  ] as const) {
    const input = JSON.stringify({ id, express });
    await run('engine', 'start', 'order', '--db', 'o.db', '--id', id, '--input', input);
  }
  await run('engine', 'run', '--db', 'o.db', '--workflows', 'order.ts', '--until-idle');
  const { stdout } = await run('engine', 'export', '--db', 'o.db');
  writeFileSync(join(folder, 'h.jsonl'), stdout);
  return { folder, run, exported: stdout };
}

test('from an engine to a verdict: exported, replayed as it was, with a raised time-out, and reordered', async () => {
  const { folder, run, exported } = await shop();
  const bundles = exported
    .trimEnd()
    .split('\n')
    .map((line) => historySchema.parse(JSON.parse(line)));
  expect(bundles.map(({ id, workflow }) => [id, workflow])).toEqual([
    ['o-1', 'order'],
    ['o-2', 'order'],
  ]);
  expect((await run('engine', 'export', 'o-2', '--db', 'o.db')).stdout).toBe(`${exported.split('\n')[1]}\n`);
  expect((await run('engine', 'export', '--db', 'o.db', '--status', 'running')).stdout).toBe(
    `${exported.split('\n')[0]}\n`,
  );
  expect(await run('engine', 'export', 'o-3', '--db', 'o.db')).toMatchObject({ code: 2, stdout: '' });

  const same = await run(...REPLAY, '--coverage');
  expect(same).toMatchObject({ code: 0, stderr: '' });
  expect(same.stdout).toContain('2 histories: 2 pass · ');
  expect(same.stdout).toContain('workflow  order 2');
  expect(same.stdout).toContain('none: attempt-failed');
  // The handler was never called, and nobody went on after the approval.
  expect(same.stdout).toMatch(/\n {2}branches {2}order: \d of \d; not order\.ts:13\n/);

  const change = (from: string, to: string): void => writeFileSync(join(folder, 'order.ts'), CODE.replace(from, to));
  change('10_000', '30_000');
  const raised = await run(...REPLAY);
  expect(raised).toMatchObject({ code: 0 });
  expect(raised.stdout).toContain('CHANGED  order: options.startToCloseTimeoutMs has changed.');
  expect(raised.stdout).toContain('  changed   10000 -> 30000 (2)\n');
  const strict = await run(...REPLAY, '--strict', '--json');
  expect(strict.code).toBe(1);
  expect(replaySchema.parse(document(strict))).toMatchObject({ strict: true, counts: { changed: 2 } });

  change('await charge(id);', '');
  const failed = await run(...REPLAY, '--each', 'each.jsonl');
  expect(failed).toMatchObject({ code: 1, stderr: '' });
  expect(failed.stdout).toMatch(
    /^FAIL {2}order: it asks for reserve where charge is recorded\. \(1 history\)\n\n {6}Decision 1 differs in name\.\n/,
  );
  expect(failed.stdout).toMatch(
    /\n {5}recorded +now\n {2}1 {2}activity charge\("o-1"\) +≠ activity reserve\("o-1"\)\n/,
  );
  expect(failed.stdout).toContain('> 18 |   await reserve(id);');
  expect(failed.stdout.split('\n').filter((line) => line.length > 80 && !line.includes('read'))).toEqual([]);
  const each = readFileSync(join(folder, 'each.jsonl'), 'utf8').trimEnd().split('\n');
  expect(each.map((line) => (JSON.parse(line) as { status: string }).status)).toEqual(['fail', 'fail']);
});

test('what cannot be read is told, the rest is replayed, and the exit code says so', async () => {
  const { folder, run, exported } = await shop();
  const [first = '', second = ''] = exported.split('\n');
  const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
  write('h.jsonl', `${first}\n${second.slice(0, 200)}`);
  const cut = await run(...REPLAY, 'missing.json');
  expect(cut).toMatchObject({ code: 2, stderr: '' });
  expect(cut.stdout).toContain('h.jsonl:2  history-unreadable: It ends in the middle');
  expect(cut.stdout).toContain('missing.json  history-unreadable: There is no such file or folder.');
  expect(cut.stdout).toMatch(/docs\/errors\/history-unreadable\.md/);
  expect(cut.stdout).toContain('1 history: 1 pass, 2 unreadable · ');
  expect((await run(...PATCHES)).code).toBe(2);

  write(
    'h.jsonl',
    `${first}\n${first.replace('history@1', 'history@2')}\n${second.replaceAll('"order"', '"refund"')}\n`,
  );
  const open = await run(...REPLAY, '--json');
  expect(open.code).toBe(4);
  expect(replaySchema.parse(document(open)).counts).toMatchObject({ pass: 1, unsupported: 1, 'not-covered': 1 });
  expect((await run(...REPLAY, '--fail-on', 'findings')).code).toBe(0);

  expect(await run('replay', 'h.jsonl', '--workflows', 'nowhere.ts')).toMatchObject({ code: 2, stdout: '' });
  write('none.ts', 'export const a = 1;');
  const none = await run('replay', 'h.jsonl', '--workflows', 'none.ts');
  expect(none).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('module-unusable') });
  expect((await run('replay', 'h.jsonl')).code).toBe(2);
});

test('code that never ends, or ends the process, is named; the others are replayed', { timeout: 240_000 }, async () => {
  const { folder, run, exported } = await shop();
  const [first = '', second = ''] = exported.split('\n');
  const other = second.replaceAll('o-2', 'o-3');
  writeFileSync(join(folder, 'h.jsonl'), [second, first, other, second].join('\n'));
  const code = CODE.replace(
    '  await charge(id);',
    "  if (id === 'o-1') for (;;);\n  if (id === 'o-3') process.exit(3);\n  await charge(id);",
  );
  writeFileSync(join(folder, 'order.ts'), code);
  const { code: exit, stdout } = await run(...REPLAY, '--json');
  expect(exit).toBe(1);
  const { counts, findings } = replaySchema.parse(JSON.parse(stdout));
  expect(counts).toMatchObject({ pass: 1, blocked: 2, 'not-covered': 1 });
  expect(findings).toMatchObject([
    {
      status: 'blocked',
      code: 'code-stuck',
      message: expect.stringMatching(/^order\.ts:\d+ lets nothing else run/),
      count: 1,
    },
    { status: 'blocked', code: 'code-threw', count: 1 },
    { status: 'not-covered', code: 'not-run', count: 1 },
  ]);
});

test('patches: what may go, where it stands, and why', async () => {
  const { folder, run } = await shop();
  const patched = CODE.replace(
    'await reserve(id);',
    "if (patched('shelf')) await reserve(id);\n    else await reserve(id);",
  ).replace('workflow }', 'patched, workflow }');
  writeFileSync(join(folder, 'order.ts'), patched);
  const kept = await run(...PATCHES);
  expect(kept).toMatchObject({ code: 0, stderr: '' });
  expect(kept.stdout).toMatch(
    /^KEEP {2}shelf: 1 open execution is on the old branch\.\n {2}calls +patched order\.ts:18\n/,
  );
  expect(kept.stdout).toContain('oldest    o-1, ');
  expect(kept.stdout).toContain('1 patch in 2 histories, 1 of them open · ');

  await run('engine', 'signal', 'o-1', 'approve', '--db', 'o.db');
  const start = ['engine', 'start', 'order', '--db', 'o.db', '--id', 'o-3', '--input', '{"id":"o-3","express":true}'];
  await run(...start);
  await run('engine', 'run', '--db', 'o.db', '--workflows', 'order.ts', '--until-idle');
  writeFileSync(join(folder, 'h.jsonl'), (await run('engine', 'export', '--db', 'o.db')).stdout);
  const result = patchesSchema.parse(document(await run(...PATCHES, '--json')));
  expect(result).toMatchObject({ histories: { open: 1, closed: 2 }, leftOut: 0 });
  expect(result.patches).toMatchObject([
    { id: 'shelf', verdict: 'deprecate', rule: 'all-on-new-branch', absentThoughReached: { open: 0, closed: 1 } },
  ]);
  expect(existsSync(join(folder, 'h.jsonl-wal'))).toBe(false);
});
