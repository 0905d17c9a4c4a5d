import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { activities, patched, sleep, workflow, type ActivityOptions, type Workflow } from '../../src/engine/index.js';
import { replay, toBundle, type HistoryName } from '../../src/determinism/index.js';
import { replaySchema, type ReplayStatus } from '../../src/results/index.js';
import { fileOf, recorded } from './recorded.js';

type Shop = { charge(id: string, n: number): Promise<string>; reserve(id: string): Promise<string> };
interface Order {
  readonly id: string;
  readonly express: boolean;
}

const order = (options: ActivityOptions = {}, reordered = false, strict = false) => {
  const { charge, reserve } = activities<Shop>(options);
  return workflow(
    'order',
    async ({ id, express }: Order) => {
      await charge(id, 1);
      if (!express) return 'slow';
      if (reordered) await reserve(id);
      await charge(id, 2);
      if (!reordered) await reserve(id);
      return 'fast';
    },
    { strict },
  );
};

const many = async (count: number, code: Workflow<never> = order()) =>
  fileOf(
    await Promise.all(
      Array.from({ length: count }, (_, n) =>
        recorded(code, { id: `o-${n}`, input: { id: `o-${n}`, express: n % 3 === 0 } }),
      ),
    ),
  );

async function statuses(file: string, workflows: readonly Workflow[]) {
  const found: Record<string, ReplayStatus> = {};
  const onHistory = ({ id }: HistoryName, status: ReplayStatus): void => void (found[id] = status);
  const result = await replay({ histories: [file], workflows, onHistory });
  expect(replaySchema.parse(JSON.parse(JSON.stringify(result)))).toEqual(JSON.parse(JSON.stringify(result)));
  return { found, result };
}

test('the same code passes', async () => {
  const { result } = await statuses(await many(9), [order()]);
  expect(result).toMatchObject({
    histories: 9,
    counts: { pass: 9 },
    findings: [],
    stoppedBy: 'end',
    workflows: ['order'],
  });
});

test('reordered activities fail each history that comes there and none other, once', async () => {
  const { found, result } = await statuses(await many(30), [order({}, true)]);
  const wanted = Array.from({ length: 30 }, (_, n) => [`o-${n}`, n % 3 === 0 ? 'fail' : 'pass']);
  expect(found).toEqual(Object.fromEntries(wanted));
  expect(result.findings).toMatchObject([
    {
      status: 'fail',
      count: 10,
      code: 'non-determinism',
      location: { file: 'test/determinism/replay.test.ts' },
      divergence: {
        decision: 2,
        command: 1,
        difference: 'name',
        expected: { name: 'charge' },
        actual: { name: 'reserve' },
      },
    },
  ]);
  expect(result.findings[0]!.examples.map(({ id, line }) => [id, line])).toEqual(
    [0, 3, 6, 9, 12].map((n) => [`o-${n}`, n + 1]),
  );
});

test('a raised time-out is changed, once, whichever activities show it; strict code is refused', async () => {
  const file = await many(300, order({ startToCloseTimeoutMs: 10_000 }));
  const { found, result } = await statuses(file, [order({ startToCloseTimeoutMs: 30_000 })]);
  expect(new Set(Object.values(found))).toEqual(new Set(['changed']));
  expect(result.findings).toMatchObject([
    {
      status: 'changed',
      code: 'drift',
      count: 300,
      location: { file: 'test/determinism/replay.test.ts' },
      change: {
        commands: ['activity charge', 'activity reserve'],
        path: 'options.startToCloseTimeoutMs',
        moreValues: 0,
      },
    },
  ]);
  const strict = await statuses(file, [order({ startToCloseTimeoutMs: 30_000 }, false, true)]);
  expect(strict.result.counts).toMatchObject({ fail: 300, changed: 0 });
});

test('several changes of one command are told apart, each with its line', async () => {
  const code = (first: ActivityOptions, second: ActivityOptions, naps: number) => {
    const { charge } = activities<Shop>(first);
    const { reserve } = activities<Shop>(second);
    return workflow('order', async ({ id }: Order) => {
      await charge(id, 1);
      await sleep(naps);
      return reserve(id);
    });
  };
  const retry = { maximumAttempts: 3 };
  const before = code({ startToCloseTimeoutMs: 1, retry }, { startToCloseTimeoutMs: 1 }, 5);
  const after = code({ startToCloseTimeoutMs: 2, retry: { maximumAttempts: 4 } }, {}, 6);
  const { result } = await statuses(await many(2, before), [after]);
  const lines = result.findings.map(({ change, location, count }) => ({
    path: change?.path,
    line: location?.line,
    count,
  }));
  expect(new Set(lines.map(({ path }) => path))).toEqual(
    new Set(['options.retry.maximumAttempts', 'options.startToCloseTimeoutMs', 'durationMs']),
  );
  expect(lines).toHaveLength(4);
  expect(new Set(lines.map(({ line }) => line)).size).toBe(3);
  expect(lines.every(({ count }) => count === 2)).toBe(true);
});

test('durations that follow from the input are one change, with the first values', async () => {
  const naps = (factor: number) => workflow('nap', async (ms: number) => sleep(ms * factor));
  const histories = await Promise.all(
    Array.from({ length: 12 }, (_, n) => recorded(naps(1), { id: `n-${n}`, input: n + 1 })),
  );
  const { result } = await statuses(fileOf(histories), [naps(2)]);
  expect(result.findings).toMatchObject([
    { count: 12, change: { path: 'durationMs', commands: ['timer'], moreValues: 7 } },
  ]);
  expect(result.findings[0]!.change!.values[0]).toEqual({ recorded: 1, now: 2, count: 1 });
});

test('a history fails though options changed before: both are told', async () => {
  const file = await many(3);
  const { result } = await statuses(file, [order({ startToCloseTimeoutMs: 30_000 }, true)]);
  expect(result.counts).toMatchObject({ fail: 1, changed: 2 });
  expect(result.findings.map(({ status, count }) => [status, count])).toEqual([
    ['fail', 1],
    ['changed', 3],
  ]);
});

test('code that cannot go on for another reason is blocked, with its line', async () => {
  const code = workflow('order', async ({ id }: Order) => {
    await activities<Shop>().charge(id, 1);
    return process.env['SLOW'] ?? 'slow';
  });
  const { result } = await statuses(await many(4), [code]);
  expect(result.counts).toMatchObject({ blocked: 4 });
  const location = { file: 'test/determinism/replay.test.ts', line: expect.any(Number) as number };
  expect(result.findings).toMatchObject([{ status: 'blocked', code: 'ambient-call', count: 4, location }]);
});

test('a history in the middle of its work passes, with events that nobody has decided on', async () => {
  const input = { id: 'o-0', express: true };
  const histories = [
    await recorded(order(), { input, outcomes: 1 }),
    await recorded(order(), { id: 'e-2', input: { ...input }, outcomes: 1, undecided: true }),
  ];
  expect((await statuses(fileOf(histories), [order()])).result.counts).toMatchObject({ pass: 2 });
});

test('what code drops after its decision is told with its workflow', async () => {
  const code = workflow('order', async ({ id }: Order) => {
    void Promise.reject(new Error('dropped'));
    await activities<Shop>().charge(id, 1);
    return 'slow';
  });
  const { result } = await statuses(await many(1, code), [code]);
  expect(result.warnings).toMatchObject([{ code: 'unhandled-rejection', count: 1 }]);
});

describe('what cannot be replayed', () => {
  test('of another engine, codec or version: unsupported; of another workflow: not covered', async () => {
    const bundle = toBundle(await recorded(order(), { input: { id: 'a', express: false } }));
    const others = [
      { ...bundle, schema: 'crashwise/history@2', events: [{ type: 'teleported' }] },
      { ...bundle, engine: { name: 'temporal', version: '1' }, events: 'protobuf' },
      { ...bundle, codec: 'cbor' },
      bundle,
    ];
    const file = fileOf([]);
    writeFileSync(file, others.map((one) => JSON.stringify(one)).join('\n'));
    const { result } = await statuses(file, [workflow('refund', () => 1)]);
    expect(result.counts).toMatchObject({ unsupported: 3, 'not-covered': 1 });
    expect(result.unreadable.count).toBe(0);
    expect(result.findings.map(({ message }) => message)).toEqual([
      'It is of crashwise/history@2; this version reads crashwise/history@1.',
      'The engine "temporal" recorded it; this version replays those of the reference engine.',
      'Its values are in the codec "cbor"; this version reads "json".',
      'There is no workflow "order" here. There is: refund.',
    ]);
  });

  test('each in its place is told, and the rest is replayed', async () => {
    const bundle = toBundle(await recorded(order(), { input: { id: 'a', express: false } }));
    const text = JSON.stringify(bundle);
    const folder = mkdtempSync(join(tmpdir(), 'crashwise-histories-'));
    const write = (name: string, content: string): void => writeFileSync(join(folder, name), content);
    mkdirSync(join(folder, 'none'));
    mkdirSync(join(folder, 'sub'));
    write('sub/pretty.json', JSON.stringify(bundle, null, 2));
    write('sub/readme.md', 'No history.');
    write('bom-and-crlf.jsonl', `\uFEFF${text}\r\n\r\n${text}\r\n`);
    write('cut.json', JSON.stringify(bundle, null, 2).slice(0, 300));
    write('cut.jsonl', `${text}\n${text.slice(0, 300)}`);
    write('empty.jsonl', '\n');
    write('many.ndjson', `[${text}]\n7\n{"events":[{"eventType":"X"}]}\n{"schema":"crashwise/engine-show@1"}\n`);
    write('other.jsonl', `${JSON.stringify({ ...bundle, id: 'b' })}\n${JSON.stringify({ ...bundle, events: [] })}\n`);
    write('kind.json', text.replace('"decided"', '"teleported"'));
    write('deep.jsonl', `{"schema":"crashwise/history@1","input":${'['.repeat(9_000)}${']'.repeat(9_000)}}`);
    const { result } = await statuses(folder, [order()]);
    expect(result.counts.pass).toBe(4);
    const told = result.unreadable.first.map(({ file, line, code, message }) => {
      return `${file.split('/').at(-1)}:${line} ${code} ${message.slice(0, 34)}`;
    });
    expect(told).toEqual([
      'cut.json:null history-unreadable It ends in the middle, as a trunca',
      'cut.jsonl:2 history-unreadable It ends in the middle, as a trunca',
      expect.stringMatching(/^deep\.jsonl:1 not-a-history It/),
      'empty.jsonl:null history-unreadable It is empty.',
      'kind.json:1 not-a-history Its events[1].type is not as it ha',
      'many.ndjson:1 not-a-history It is a list of things; histories ',
      'many.ndjson:2 not-a-history It is a number.',
      'many.ndjson:3 not-a-history It looks like a history of Tempora',
      'many.ndjson:4 not-a-history It is what `engine show` prints.',
      'other.jsonl:1 not-a-history Its id is "b", and that of its fir',
      'other.jsonl:2 not-a-history Its events is not as it has to be:',
    ]);
    for (const path of ['none', 'nowhere']) {
      const { unreadable, histories } = await replay({ histories: [join(folder, path)], workflows: [order()] });
      expect([unreadable.count, histories]).toEqual([1, 0]);
    }
  });
});

test('what the histories reach: workflows, kinds, and both ways of a patch', async () => {
  const old = workflow('order', async ({ id }: Order) => activities<Shop>().charge(id, 1));
  const now = workflow('order', async ({ id }: Order) =>
    patched('second') ? activities<Shop>().charge(id, 2) : activities<Shop>().charge(id, 1),
  );
  const input = { id: 'a', express: false };
  const histories = [await recorded(old, { input }), await recorded(now, { id: 'e-2', input })];
  const workflows = [now, workflow('refund', () => 1)];
  const { coverage, counts } = await replay({ histories: [fileOf(histories)], workflows, coverage: true });
  expect(counts.pass).toBe(2);
  expect(coverage).toMatchObject({
    workflows: [
      { name: 'order', histories: 2 },
      { name: 'refund', histories: 0 },
    ],
    events: { started: 2, 'activity-completed': 2, signaled: 0 },
    commands: { patch: 1, timer: 0 },
    patches: [{ id: 'second', new: 1, old: 1 }],
  });
});

test('it ends where it is asked to, and keeps what it has', async () => {
  const stop = new AbortController();
  const file = await many(20);
  const result = await replay({
    histories: [file],
    workflows: [order()],
    signal: stop.signal,
    onHistory: ({ line }) => line === 5 && stop.abort(),
  });
  expect(result).toMatchObject({ stoppedBy: 'interrupted', histories: 5 });
});
