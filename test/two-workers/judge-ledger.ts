import type { History } from 'crashwise/engine';
import type { Pause } from './chaos.js';
import type { Done } from './flow.js';
import type { EffectLine } from './ledger.js';

export interface LedgerFigures {
  readonly effects: number;
  /** Attempts whose effect is there more than once, and of those the ones by more than one worker. */
  readonly repeated: number;
  readonly repeatedByAnother: number;
  /** Effects that landed after their worker had stood still and had lost the lease meanwhile. */
  readonly late: number;
}

/** Holds the ledger against the histories. That an effect happened twice is allowed, and counted. */
export function judgeLedger(
  lines: readonly EffectLine[],
  histories: ReadonlyMap<string, History>,
  pauses: readonly Pause[],
): { found: readonly string[]; figures: LedgerFigures } {
  const found: string[] = [];
  const keys = onlyOne(
    lines,
    ({ execution, call }) => `${execution} ${call}`,
    ({ key }) => key,
  );
  const calls = onlyOne(
    lines,
    ({ key }) => key,
    ({ execution, call }) => `${execution} ${call}`,
  );
  found.push(...keys.map((call) => `the call ${call} has more than one key`));
  found.push(...calls.map((key) => `the key ${key} belongs to more than one call`));

  const byNonce = new Map(lines.map((line) => [line.nonce, line]));
  const recorded = new Set<string>();
  for (const [id, history] of histories) {
    for (const { seq, nonce, what } of outcomes(history)) {
      const line = byNonce.get(nonce);
      if (line?.key !== `${id}/${seq}`) found.push(`${id}: the ${what} of seq ${seq} has no effect with its key`);
      if (recorded.has(nonce)) found.push(`${id}: the ${what} of seq ${seq} is recorded twice`);
      recorded.add(nonce);
    }
  }

  let late = 0;
  for (const { worker, from, to, lost } of pauses) {
    const own = lines.filter((line) => line.worker === worker && line.began <= from);
    for (const line of own.filter(({ key, attempt }) => lost.has(`${key} ${attempt}`))) {
      if (line.at >= to) late += 1;
      if (recorded.has(line.nonce)) found.push(`${line.key}: ${worker} has recorded a result without the lease`);
    }
  }
  const attempts = [...groups(lines, ({ key, attempt }) => `${key} ${attempt}`).values()];
  const repeated = attempts.filter(({ length }) => length > 1);
  const repeatedByAnother = repeated.filter((group) => new Set(group.map(({ worker }) => worker)).size > 1).length;
  return { found, figures: { effects: lines.length, repeated: repeated.length, repeatedByAnother, late } };
}

/** The outcomes that a history holds, with the line of the ledger that each names. A time-out names none. */
function outcomes(history: History): readonly { seq: number; nonce: string; what: string }[] {
  return history.flatMap((event) => {
    if (event.type === 'activity-completed') {
      return [{ seq: event.seq, nonce: (event.result as unknown as Done).nonce, what: 'result' }];
    }
    if (event.type !== 'attempt-failed' && event.type !== 'activity-failed') return [];
    const { name, message } = event.failure;
    return name === 'TimeoutError' ? [] : [{ seq: event.seq, nonce: message, what: `failure ${event.attempt}` }];
  });
}

function groups<T>(items: readonly T[], name: (item: T) => string): Map<string, T[]> {
  const all = new Map<string, T[]>();
  for (const item of items) all.set(name(item), [...(all.get(name(item)) ?? []), item]);
  return all;
}

/** The groups whose members do not all have the same value. */
function onlyOne<T>(items: readonly T[], name: (item: T) => string, value: (item: T) => string): readonly string[] {
  const mixed = [...groups(items, name)].filter(([, group]) => new Set(group.map(value)).size > 1);
  return mixed.map(([key]) => key);
}
