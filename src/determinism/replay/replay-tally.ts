import { isDeepStrictEqual } from 'node:util';
import type { ReplayFinding, ReplayResult, ReplayStatus } from '../../results/index.js';
import { near } from './place-of.js';
import { UnreadableList } from './unreadable-list.js';
import type { FindingText, HistoryName, Outcome, Shown } from './outcome.js';

type Counted<T> = { -readonly [K in keyof T]: T[K] };

const EXAMPLES = 5;
const VALUES = 5;
const WARNINGS = 100;

/** In the order in which they are told. */
const STATUSES: readonly ReplayStatus[] = ['fail', 'blocked', 'changed', 'unsupported', 'not-covered', 'pass'];

/** What became of all histories, by what they have in common: it does not grow with their number. */
export class ReplayTally {
  readonly #counts = Object.fromEntries(STATUSES.map((status) => [status, 0])) as Record<ReplayStatus, number>;
  readonly #findings = new Map<string, Counted<ReplayFinding>>();
  readonly #warnings = new Map<string, { code: string; message: string; count: number }>();
  readonly unreadable = new UnreadableList();
  #events = 0;

  get histories(): number {
    return Object.values(this.#counts).reduce((sum, one) => sum + one, 0);
  }

  add({ file, line, id }: HistoryName, { status, shows, fresh, events, warnings }: Outcome): void {
    this.#counts[status] += 1;
    this.#events += events;
    for (const text of fresh) this.#introduce(text);
    for (const shown of shows) {
      const finding = this.#findings.get(shown.signature)!;
      finding.count += 1;
      if (finding.examples.length < EXAMPLES) finding.examples.push({ file, line, id });
      if (finding.change) count(finding.change, shown);
    }
    this.warned(warnings);
  }

  /** By what they say of which workflow, and not of which execution. */
  warned(warnings: Outcome['warnings']): void {
    for (const { code, message } of warnings) {
      const key = `${code} ${message.replaceAll(/\([^)]*\)/g, '')}`;
      const known = this.#warnings.get(key);
      if (known) known.count += 1;
      else if (this.#warnings.size < WARNINGS) this.#warnings.set(key, { code, message: near(message), count: 1 });
    }
  }

  result(rest: Pick<ReplayResult, 'ms' | 'strict' | 'stoppedBy' | 'workflows'>): ReplayResult {
    return {
      schema: 'crashwise/replay@1',
      ...rest,
      histories: this.histories,
      events: this.#events,
      counts: this.#counts,
      findings: [...this.#findings.values()].sort(byWeight),
      warnings: [...this.#warnings.values()],
      unreadable: this.unreadable.result(),
    };
  }

  #introduce(text: FindingText): void {
    if (!this.#findings.has(text.signature)) this.#findings.set(text.signature, { ...text, count: 0, examples: [] });
  }
}

function count(change: NonNullable<ReplayFinding['change']>, { commands = [], values = [] }: Shown): void {
  for (const command of commands) if (!change.commands.includes(command)) change.commands.push(command);
  for (const { recorded, now } of values) {
    const known = change.values.find((one) => isDeepStrictEqual([one.recorded, one.now], [recorded, now]));
    if (known) known.count += 1;
    else if (change.values.length >= VALUES) change.moreValues += 1;
    else change.values.push({ recorded, now, count: 1 } as (typeof change.values)[number]);
  }
}

// Else in the order in which they were seen first.
function byWeight(one: ReplayFinding, other: ReplayFinding): number {
  return STATUSES.indexOf(one.status) - STATUSES.indexOf(other.status) || other.count - one.count;
}
