import { failsForGood } from './behaviour.js';
import { blocksOf, callOf, statementsOf, type Block, type Call, type Statement, type Trial } from './program.js';
import type { Evidence } from './properties.js';

const NESTING = ['all', 'race', 'settled', 'loop', 'try', 'if', 'patch'] as const;

type Feature = (statement: Statement, call: Call | undefined, trial: Trial) => boolean;

const kind =
  (...kinds: readonly Statement['kind'][]): Feature =>
  (statement) =>
    kinds.includes(statement.kind);
const argument =
  (name: Call['arg']['kind']): Feature =>
  (_, call) =>
    call?.arg.kind === name;
const reaches = ({ version, upgradeAt }: Trial, wanted: number): boolean =>
  version === wanted || (upgradeAt !== null && version + 1 === wanted);

const FEATURES: Record<string, Feature> = {
  'activity call': kind('call'),
  'activity started, joined later': kind('join'),
  'activity that takes time': (_, call) => (call?.slowMs ?? 0) > 0,
  'activity without a result': (_, call) => call?.name === 'notify',
  'fails, then succeeds': (_, call) => call !== undefined && call.fails > 0 && !failsForGood(call),
  'fails for good': (_, call) => call !== undefined && failsForGood(call),
  'Promise.all': kind('all'),
  'Promise.race': kind('race'),
  'Promise.allSettled': kind('settled'),
  'bounded loop': kind('loop'),
  sleep: kind('sleep'),
  'sleep of 0 ms': (statement) => statement.kind === 'sleep' && statement.ms === 0,
  'condition on signals': (statement) => statement.kind === 'wait' && statement.timeoutMs === null,
  'condition with a time-out': (statement) => statement.kind === 'wait' && statement.timeoutMs !== null,
  'signal handler set early': kind('handler'),
  'signal handler that calls': (statement) => statement.kind === 'handler' && statement.call !== null,
  'signal handler that replaces itself': (statement) => statement.kind === 'handler' && statement.relay === true,
  'try/catch': kind('try'),
  'branch on a result': (statement) => statement.kind === 'if' && statement.test.kind === 'last-even',
  'branch on signals': (statement) => statement.kind === 'if' && statement.test.kind === 'received',
  'branch on random()': (statement) => statement.kind === 'if' && statement.test.kind === 'random',
  'result as an argument': argument('last'),
  'signal count as an argument': argument('received'),
  'now() as an argument': argument('now'),
  'random() as an argument': argument('random'),
  'uuid() as an argument': argument('uuid'),
  'patched()': (statement, _, trial) => statement.kind === 'patch' && reaches(trial, 1),
  'deprecatePatch()': (statement, _, trial) => statement.kind === 'patch' && reaches(trial, 2),
  'patch reached by old code, then new': (statement, _, trial) =>
    statement.kind === 'patch' && trial.version === 0 && trial.upgradeAt !== null,
  'workflow throws': kind('throw'),
};

/** Counts, over programs, what was generated and how far it ran. */
export class Statistics {
  programs = 0;
  runs = 0;
  events = 0;
  readonly #features = new Map(Object.keys(FEATURES).map((name) => [name, 0]));
  readonly #signals = new Map([
    ['signal sent while a commit is under way', 0],
    ['new version deployed midway', 0],
  ]);
  readonly #depths = [0, 0, 0, 0, 0];
  readonly #pairs = new Map<string, number>();
  readonly #endings = new Map<string, number>();

  add(trial: Trial): void {
    this.programs += 1;
    const statements = [...statementsOf(trial.program)];
    for (const [name, isIn] of Object.entries(FEATURES)) {
      if (statements.some((statement) => isIn(statement, callOf(statement), trial))) count(this.#features, name);
    }
    if (trial.signals.some(({ mode }) => mode === 'before'))
      count(this.#signals, 'signal sent while a commit is under way');
    if (trial.upgradeAt !== null) count(this.#signals, 'new version deployed midway');
    const depth = depthOf(trial.program);
    this.#depths[depth] = (this.#depths[depth] ?? 0) + 1;
    for (const pair of new Set(pairsOf(trial.program))) count(this.#pairs, pair);
  }

  ran({ ending, events, cuts }: Evidence): void {
    this.runs += 1 + cuts;
    this.events += events;
    count(this.#endings, ending);
  }

  /** Share of the programs with each construct. */
  get shares(): ReadonlyMap<string, number> {
    return new Map(Array.from([...this.#features, ...this.#signals], ([name, n]) => [name, n / this.programs]));
  }

  shareOfDepth(atLeast: number): number {
    return this.#depths.slice(atLeast).reduce((sum, n) => sum + n, 0) / this.programs;
  }

  get text(): string {
    const nesting = NESTING.map((outer) => {
      const cells = NESTING.map((inner) => percent((this.#pairs.get(`${outer} ${inner}`) ?? 0) / this.programs));
      return `  ${outer.padEnd(10)}${cells.join('')}`;
    });
    const ends = Array.from(this.#endings, ([ending, n]) => `${ending} ${percent(n / this.programs).trim()}`).join(
      ', ',
    );
    return [
      `${this.programs} programs, ${this.runs} runs, ${(this.events / this.programs).toFixed(1)} events each; ${ends}`,
      'Construct, in % of programs',
      ...Array.from(this.shares, ([name, share]) => line(name, share)),
      ...[1, 2, 3, 4].map((depth) => line(`nested at least ${depth} deep`, this.shareOfDepth(depth))),
      'Directly inside (row) the construct (column), in % of programs',
      `  ${''.padEnd(10)}${NESTING.map((name) => name.padStart(8)).join('')}`,
      ...nesting,
    ].join('\n');
  }
}

function depthOf(block: Block): number {
  return Math.max(0, ...block.map((statement) => depthInside(statement)));
}

function depthInside(statement: Statement): number {
  const blocks = blocksOf(statement);
  return blocks.length === 0 ? 0 : 1 + Math.max(...blocks.map(depthOf));
}

function* pairsOf(block: Block): Generator<string> {
  for (const outer of statementsOf(block)) {
    for (const inner of blocksOf(outer).flat()) yield `${outer.kind} ${inner.kind}`;
  }
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`.padStart(8);
}

function line(name: string, share: number): string {
  return `  ${name.padEnd(42)}${percent(share)}`;
}
