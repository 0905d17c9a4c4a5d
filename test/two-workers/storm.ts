import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Client, SqliteStore, type History } from 'crashwise/engine';
import { Chaos, type ChaosFigures } from './chaos.js';
import { Feed, type FeedFigures } from './feed.js';
import { WorkerProcess } from './fleet.js';
import { judgeHistory } from './judge-history.js';
import { judgeLedger, type LedgerFigures } from './judge-ledger.js';
import { readLines, type EffectLine, type ReportLine } from './ledger.js';
import { seeded } from './seeded.js';

export interface StormOptions {
  readonly executions: number;
  /** The file that a worker process runs. */
  readonly workerFile: string;
  readonly seed: number;
  /** Processes at once. Default 3. */
  readonly workers?: number;
  readonly leaseMs?: number;
  /** When to give up waiting for the last execution. */
  readonly limitMs: number;
  /** True: the workers write without checking their lease. The storm must then find something. */
  readonly unfenced?: boolean;
  /** True: it ends as soon as a result is there twice. */
  readonly untilTwice?: boolean;
}

export interface StormReport {
  /** What is wrong, one sentence each; empty if all holds. */
  readonly found: readonly string[];
  readonly figures: ChaosFigures & FeedFigures & LedgerFigures & StormFigures;
}

interface StormFigures {
  readonly seconds: number;
  readonly closed: number;
  readonly events: number;
  readonly decisions: number;
  /** How often the workers reported what, by code. */
  readonly reports: Readonly<Record<string, number>>;
}

/** What happens to workers in a storm and is no fault: they lose leases, and wait for a file that a stopped one locks. */
const EXPECTED_REPORTS = new Set(['lease-lost', 'store-busy']);

/** Lets several worker processes run executions on one file, stops and kills them meanwhile, and judges what is left. */
export async function storm(options: StormOptions): Promise<StormReport> {
  const directory = mkdtempSync(join(tmpdir(), 'crashwise-storm-'));
  const store = await SqliteStore.open(join(directory, 'engine.db'));
  // A stopped worker may have the file locked, and it is this process that would have to wake it.
  store['db'].exec('PRAGMA busy_timeout = 30');
  try {
    return await run(options, directory, store);
  } finally {
    await store.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

async function run(options: StormOptions, directory: string, store: SqliteStore): Promise<StormReport> {
  const {
    executions,
    seed,
    workers = 3,
    leaseMs = 200,
    limitMs,
    unfenced = false,
    untilTwice = false,
    workerFile,
  } = options;
  const begin = Date.now();
  const random = seeded(seed);
  const found: string[] = [];
  const reports = join(directory, 'reports');
  let born = 0;
  const spawn = (): WorkerProcess => {
    born += 1;
    const args = [workerFile, directory, `w${born}`, String(leaseMs), unfenced ? 'unfenced' : 'fenced'];
    return new WorkerProcess(`w${born}`, args, ({ id }, how) => found.push(`the worker ${id} ended by itself: ${how}`));
  };
  const client = new Client({ store });
  const feed = new Feed(client, random, executions);
  const isLocked = (): boolean => {
    try {
      // It waits longer for the lock than a worker that runs keeps it.
      store['db'].exec('BEGIN IMMEDIATE; ROLLBACK');
      return false;
    } catch {
      return true;
    }
  };
  const chaos = new Chaos({ store, leaseMs, random, isLocked, spawn });
  const over = new AbortController();
  const disturbed = Array.from({ length: workers }, async () => {
    let worker = spawn();
    await wait(300);
    while (!over.signal.aborted) {
      worker = await chaos.disturb(worker);
      feed.allow(6);
      await wait(300 + random() * 900);
    }
    return worker;
  });
  while (!over.signal.aborted) {
    await wait(20);
    await feed.step();
    const running = await store.list({ status: 'running' });
    const isDone = (feed.done && running.length === 0) || (untilTwice && (await isAnyTwice(store)));
    if (isDone || Date.now() - begin > limitMs) over.abort();
  }
  for (const worker of await Promise.all(disturbed)) {
    const how = await worker.end(10_000);
    if (how !== 0) found.push(`the worker ${worker.id} did not end in good order: ${how}`);
  }

  const histories = new Map<string, History>();
  const all = await client.list();
  if (all.length !== executions) found.push(`${all.length} executions are there of ${executions}`);
  for (const execution of all) {
    const history = await client.history(execution.id);
    histories.set(execution.id, history);
    found.push(...(await judgeHistory(execution, history)));
  }
  found.push(...feed.judge(histories));
  const ledger = judgeLedger(readLines<EffectLine>(join(directory, 'ledger')), histories, chaos.pauses);
  found.push(...ledger.found);
  const counts: Record<string, number> = {};
  for (const { worker, code, message } of readLines<ReportLine>(reports)) {
    counts[code] = (counts[code] ?? 0) + 1;
    if (!EXPECTED_REPORTS.has(code)) found.push(`the worker ${worker} reported ${code}: ${message}`);
  }
  const integrity = JSON.stringify(store['db'].prepare('PRAGMA integrity_check').all());
  if (integrity !== '[{"integrity_check":"ok"}]') found.push(`the file is damaged: ${integrity}`);
  const events = [...histories.values()].flat();
  const figures = {
    seconds: Math.round((Date.now() - begin) / 100) / 10,
    closed: all.filter(({ status }) => status === 'completed' || status === 'failed').length,
    events: events.length,
    decisions: events.filter(({ type }) => type === 'decided').length,
    ...chaos.figures,
    ...feed.figures,
    ...ledger.figures,
    reports: counts,
  };
  return { found, figures };
}

async function isAnyTwice(store: SqliteStore): Promise<boolean> {
  for (const { id } of await store.list()) {
    const ends = (await store.history(id)).flatMap((event) => (event.type === 'activity-completed' ? [event.seq] : []));
    if (new Set(ends).size < ends.length) return true;
  }
  return false;
}
