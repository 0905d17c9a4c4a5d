import { isDeepStrictEqual } from 'node:util';
import { createRuntime, type EngineRuntime } from '../../engine/decide.js';
import { CrashwiseError, type Decision, type Divergence, type History, type Workflow } from '../../engine/index.js';
import { userLocation } from '../../engine/location.js';
import type { HistoryBundle } from '../../results/index.js';
import { changesOf, type Change } from './changes-of.js';
import { changedText, failText, blockedText, notCoveredText } from './finding-texts.js';
import { holdsOf } from './holds-of.js';
import { locateChange } from './locate-change.js';
import type { ChangedValue, FindingText, Outcome, PatchCall } from './outcome.js';

/** Findings beyond which options that are made up as the code goes on are not told apart any more. */
const MAX_WITH_VALUES = 1_000;

export interface ReplayerOptions {
  /** Whether outcomes tell what the histories hold. It costs a little. */
  readonly tellsHolds?: boolean | undefined;
}

/**
 * Replays histories on the workflows of today, one by one, with the reference engine's own `decide`. What it has told
 * once, it does not look into again: a change that many histories show costs what one costs.
 */
export class Replayer {
  readonly #workflows: ReadonlyMap<string, Workflow>;
  readonly #runtime: EngineRuntime;
  readonly #told = new Set<string>();
  readonly #calls = new Map<string, PatchCall>();
  readonly #options: ReplayerOptions;
  readonly #warnings: { code: string; message: string }[] = [];

  constructor(workflows: readonly Workflow[], options: ReplayerOptions = {}) {
    this.#workflows = new Map(workflows.map((workflow) => [workflow.name, workflow]));
    this.#options = options;
    this.#runtime = createRuntime(workflows, {
      report: ({ code, message }) => void this.#warnings.push({ code, message }),
      ...(options.tellsHolds ? { onPatch: (...call) => this.#note(...call) } : {}),
    });
  }

  /** What becomes of a history. Never rejects for what code of the user's does. */
  async replay({ workflow: name, id, events }: HistoryBundle): Promise<Outcome> {
    const history = events as History;
    const workflow = this.#workflows.get(name);
    this.#calls.clear();
    if (!workflow) {
      const text = notCoveredText(name, [...this.#workflows.keys()]);
      return this.#outcome('not-covered', history, [{ signature: text.signature }], [text]);
    }
    const { blocked, drift } = await this.#decide(history);
    const changes = this.#bySignature(name, drift.flatMap(changesOf));
    const fresh: FindingText[] = [];
    const shows: Outcome['shows'][number][] = [];
    for (const [signature, all] of changes) {
      shows.push({ signature, commands: [...new Set(all.map(({ command }) => command))], values: distinct(all) });
      if (this.#told.has(signature)) continue;
      const [change] = all;
      fresh.push(changedText(name, signature, change, await locateChange(workflow, history, drift, change)));
    }
    if (!blocked) return this.#outcome(changes.size > 0 ? 'changed' : 'pass', history, shows, fresh);
    const isDivergence = blocked.code === 'non-determinism';
    const text = isDivergence ? failText(name, blocked, blocked.details as Divergence) : blockedText(name, id, blocked);
    shows.push({ signature: text.signature });
    return this.#outcome(text.status, history, shows, [...fresh, text]);
  }

  /** What code did after its history was over: dropped promises, mostly. Those of the histories replayed so far. */
  takeWarnings(): Outcome['warnings'] {
    return this.#warnings.splice(0);
  }

  // Options are the same wherever the code stands; how long a timer is may follow from the input.
  #bySignature(workflow: string, changes: readonly Change[]): ReadonlyMap<string, readonly [Change, ...Change[]]> {
    const found = new Map<string, [Change, ...Change[]]>();
    for (const change of changes) {
      const { command, path, recorded, now } = change;
      const hasValues = command !== 'timer' && this.#told.size < MAX_WITH_VALUES;
      const values = hasValues ? ` ${JSON.stringify(recorded)} -> ${JSON.stringify(now)}` : '';
      const signature = `${workflow}: ${path}${values}`;
      const known = found.get(signature);
      if (known) known.push(change);
      else found.set(signature, [change]);
    }
    return found;
  }

  async #decide(history: History): Promise<Pick<Decision, 'blocked' | 'drift'>> {
    try {
      return await this.#runtime.decide(history);
    } catch (error) {
      if (CrashwiseError.is(error)) return { blocked: error, drift: [] };
      throw error;
    }
  }

  #outcome(
    status: Outcome['status'],
    history: History,
    shows: Outcome['shows'],
    texts: readonly FindingText[],
  ): Outcome {
    const fresh = texts.filter(({ signature }) => !this.#told.has(signature));
    for (const { signature } of fresh) this.#told.add(signature);
    const warnings = this.takeWarnings();
    const holds = this.#options.tellsHolds ? holdsOf(history, [...this.#calls.values()]) : undefined;
    return { status, shows, fresh, events: history.length, warnings, ...(holds ? { holds } : {}) };
  }

  // A divergence is replayed twice; the first time is what counts.
  #note(id: string, deprecated: boolean, present: boolean, replaying: boolean): void {
    if (this.#calls.has(id)) return;
    const call = deprecated ? 'deprecatePatch' : 'patched';
    this.#calls.set(id, { id, call, present, recorded: replaying, location: userLocation() });
  }
}

/** A loop shows the same change more than once. */
function distinct(changes: readonly Change[]): readonly ChangedValue[] {
  const found: ChangedValue[] = [];
  for (const { recorded, now } of changes) {
    const value = { recorded, now };
    if (!found.some((one) => isDeepStrictEqual(one, value))) found.push(value);
  }
  return found;
}
