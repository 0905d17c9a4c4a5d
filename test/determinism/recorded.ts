import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRuntime, Progress, type HistoryEvent, type Json, type Workflow } from '../../src/engine/index.js';
import { toBundle } from '../../src/determinism/index.js';

const BEGIN_MS = 1_760_000_000_000;

export interface RecordedOptions {
  readonly id?: string;
  readonly input?: Json;
  /** Results of activities, by name. Default: the name and the number of the command. */
  readonly results?: Readonly<Record<string, Json>>;
  /** Outcomes that are recorded before it stops. Default: until it has ended. */
  readonly outcomes?: number;
  /** True: with the last of them, no decision is recorded any more. */
  readonly undecided?: boolean;
}

/** What a worker records of a workflow: each open activity completes and each timer fires, one after the other. */
export async function recorded(workflow: Workflow<never>, options: RecordedOptions = {}): Promise<HistoryEvent[]> {
  const { id = 'e-1', input, results = {}, outcomes = Infinity, undecided = false } = options;
  const runtime = createRuntime([workflow], { report: () => {} });
  const start = { type: 'started', at: BEGIN_MS, id, workflow: workflow.name, seed: `seed ${id}` } as const;
  const history: HistoryEvent[] = [input === undefined ? start : { ...start, input }];
  for (let n = 0; ; n += 1) {
    const at = BEGIN_MS + n;
    const { commands, done, blocked } = await runtime.decide(history);
    if (blocked) throw blocked;
    history.push({ type: 'decided', at, commands });
    if (done || n >= outcomes) return history;
    const { activities, timers } = new Progress(history);
    const [open] = activities;
    if (open) {
      const { seq, name } = open.command;
      history.push({ type: 'activity-completed', at, seq, result: results[name] ?? `${name} ${seq}` });
    } else if (timers[0]) {
      history.push({ type: 'timer-fired', at: Math.max(at, timers[0].dueAt), seq: timers[0].seq });
    } else return history;
    if (undecided && n + 1 >= outcomes) return history;
  }
}

/** A file with these histories, one a line, in a folder of its own. */
export function fileOf(histories: readonly (readonly HistoryEvent[])[], name = 'histories.jsonl'): string {
  const file = join(mkdtempSync(join(tmpdir(), 'crashwise-histories-')), name);
  writeFileSync(file, histories.map((history) => `${JSON.stringify(toBundle(history))}\n`).join(''));
  return file;
}
