import type { CorpusCoverage } from '../../results/index.js';
import type { HistoryHolds, HistoryName } from './outcome.js';

const EVENTS = [
  'started',
  'decided',
  'activity-completed',
  'attempt-failed',
  'activity-failed',
  'timer-fired',
  'signaled',
] as const;
const COMMANDS = ['activity', 'timer', 'cancel-timer', 'patch', 'complete', 'fail'] as const;

export type Branches = NonNullable<CorpusCoverage['workflows'][number]['branches']>;

/** What the histories reach: workflows, kinds of events and commands, both ways of each patch. */
export class CoverageTally {
  readonly #workflows: Map<string, number>;
  readonly #branches = new Map<string, Branches>();
  readonly #events = zeros(EVENTS);
  readonly #commands = zeros(COMMANDS);
  readonly #patches = new Map<string, { new: number; old: number }>();

  constructor(workflows: readonly string[], patches: readonly string[] = []) {
    this.#workflows = new Map(workflows.map((name) => [name, 0]));
    for (const id of patches) this.#patch(id);
  }

  add({ workflow }: HistoryName, { events, commands, markers, calls }: HistoryHolds): void {
    if (!this.#workflows.has(workflow)) return;
    this.#workflows.set(workflow, this.#workflows.get(workflow)! + 1);
    addAll(this.#events, events);
    addAll(this.#commands, commands);
    for (const id of Object.keys(markers)) this.#patch(id).new += 1;
    for (const { id, present, recorded } of calls) {
      if (recorded && !present && !Object.hasOwn(markers, id)) this.#patch(id).old += 1;
    }
  }

  /** The branches of a workflow, as far as one thread has come. Of two of them each may have come where the other has not. */
  branches(workflow: string, found: Branches): void {
    const known = this.#branches.get(workflow);
    const isKnown = ({ file, line }: Branches['uncovered'][number]): boolean =>
      known === undefined || known.uncovered.some((one) => one.file === file && one.line === line);
    const hit = Math.max(found.hit, known?.hit ?? 0);
    this.#branches.set(workflow, { hit, of: found.of, uncovered: found.uncovered.filter(isKnown) });
  }

  result(): CorpusCoverage {
    return {
      workflows: Array.from(this.#workflows, ([name, histories]) => {
        const branches = this.#branches.get(name);
        return { name, histories, ...(branches ? { branches } : {}) };
      }),
      events: this.#events,
      commands: this.#commands,
      patches: Array.from(this.#patches, ([id, ways]) => ({ id, ...ways })).sort((a, b) => (a.id < b.id ? -1 : 1)),
    };
  }

  #patch(id: string): { new: number; old: number } {
    let ways = this.#patches.get(id);
    if (!ways) this.#patches.set(id, (ways = { new: 0, old: 0 }));
    return ways;
  }
}

function zeros(kinds: readonly string[]): Record<string, number> {
  return Object.fromEntries(kinds.map((kind) => [kind, 0]));
}

function addAll(sum: Record<string, number>, more: Readonly<Record<string, number>>): void {
  for (const [kind, count] of Object.entries(more)) sum[kind] = (sum[kind] ?? 0) + count;
}
