import fc from 'fast-check';
import type { DeterminismTarget } from '../../results/index.js';
import type { ValueOf } from '../draws.js';
import type { FuzzPlan, ValueSource } from '../fuzz-plan.js';
import { anyValue } from './any-value.js';
import { checkedPlan } from './checked-plan.js';
import { fromJsonSchema, type JsonSchema } from './json-schema.js';
import type { Learned } from './learned.js';
import { learnedValues } from './learned-values.js';
import { fromStandardSchema, isStandardSchema } from './standard-schema.js';

/** Where values come from: what the user says, a schema, histories, the types of the code, or nowhere. */
export type SourceName = DeterminismTarget['sources'][string];

/** What the types of the code say of a workflow. */
export interface TypesOf {
  readonly input: JsonSchema | undefined;
  readonly results: Readonly<Record<string, JsonSchema>>;
}

export interface FeedOptions {
  readonly workflow: string;
  readonly plan: FuzzPlan;
  /** Whether its function has a parameter. */
  readonly takesInput: boolean;
  readonly learned?: Learned | undefined;
  /** Read when they are first asked for: a compiler takes its time. */
  readonly types?: { of(workflow: string): TypesOf | undefined; readonly problem: string | undefined } | undefined;
  /** Runs what the user's plan runs, and what is not the workflow. */
  readonly aside?: (<T>(body: () => T) => T) | undefined;
  /** Texts that the code compares with. */
  readonly words: readonly string[];
}

interface Served {
  readonly from: SourceName;
  /** Whether it says all that there is to say: true for what the user gives, and for a type with few values. */
  readonly isFull: boolean;
  readonly source: ValueSource | undefined;
}

/**
 * What the runs of one workflow are fed with. Each value comes from the first of these that knows it: the plan, or a schema
 * in it; recorded histories; the types of the code. Where none does, it is anything. Throws `plan-unusable`.
 */
export class Feed implements Pick<FuzzPlan, 'failures' | 'signals'> {
  readonly failures: NonNullable<FuzzPlan['failures']>;
  readonly signals: NonNullable<FuzzPlan['signals']>;
  readonly #options: FeedOptions;
  readonly #asked = new Set<string>();
  #types: TypesOf | undefined;
  readonly #served = new Map<string, Served>();

  constructor(options: FeedOptions) {
    const { plan, learned, workflow } = options;
    this.#options = { ...options, plan: checkedPlan(plan) };
    this.failures = { ...Object.fromEntries(learned?.failures ?? []), ...plan.failures };
    this.signals = plan.signals ?? Object.fromEntries(learned?.signals.get(workflow) ?? []);
  }

  /** Where a value is to be drawn from. */
  source(of: ValueOf): ValueSource | undefined {
    if (of.kind === 'input' && !this.#options.takesInput && !ownSource(this.#options.plan, of)) return undefined;
    const name = nameOf(of);
    let served = this.#served.get(name);
    if (!served) this.#served.set(name, (served = this.#serve(of, name)));
    if (!of.isAside) this.#asked.add(name);
    return served.source;
  }

  /** Runs the user's plan. */
  aside<T>(body: () => T): T {
    const { aside } = this.#options;
    return aside ? aside(body) : body();
  }

  /** Why no types were read, if they were asked for. */
  get problem(): string | undefined {
    return this.#options.types?.problem;
  }

  /** What served each activity that was called, and the input if it was asked for, as `input`. */
  get sources(): Readonly<Record<string, SourceName>> {
    const named = this.#ofAsked.filter(([name]) => !name.startsWith('signals.'));
    return Object.fromEntries(named.map(([name, { from }]) => [name.replace('results.', ''), from]));
  }

  /** What was asked for, and not all of it is known. */
  get open(): Readonly<Record<string, 'types' | 'none'>> {
    const open = this.#ofAsked.filter(([, { isFull }]) => !isFull);
    return Object.fromEntries(open.map(([name, { from }]) => [name, from === 'types' ? from : 'none']));
  }

  get #ofAsked(): readonly (readonly [string, Served])[] {
    return [...this.#served].filter(([name]) => this.#asked.has(name));
  }

  #serve(of: ValueOf, name: string): Served {
    const { plan, learned, types, words, workflow } = this.#options;
    const own = ownSource(plan, of);
    if (own) {
      if (!isStandardSchema(own.source)) return { from: 'config', isFull: true, source: own.source };
      return { from: 'schema', isFull: true, source: fromStandardSchema(own.source, name, words) };
    }
    const seen = seenIn(learned, of, workflow);
    if (seen && seen.length > 0) return { from: 'learned', isFull: true, source: learnedValues(seen) };
    if (of.kind === 'signal') return { from: 'none', isFull: true, source: fc.constant([]) };
    const found = (this.#types ??= types?.of(workflow) ?? { input: undefined, results: {} });
    const typed = of.kind === 'input' ? found.input : found.results[of.activity];
    if (typed) return { from: 'types', isFull: isClosed(typed), source: fromJsonSchema(typed, words) };
    return { from: 'none', isFull: false, source: anyValue(words) };
  }
}

/** Whether it has so few values that all of them come. */
function isClosed(schema: JsonSchema): boolean {
  if ('const' in schema || schema.enum || schema.type === 'boolean' || schema.type === 'null') return true;
  return schema.anyOf?.every(isClosed) ?? false;
}

/** As the user writes it in a plan. */
export function nameOf(of: ValueOf): string {
  switch (of.kind) {
    case 'input':
      return 'input';
    case 'result':
      return `results.${of.activity}`;
    case 'signal':
      return `signals.${of.name}`;
  }
}

// A member that is there and undefined says that nothing comes.
function ownSource(plan: FuzzPlan, of: ValueOf): { readonly source: ValueSource | undefined } | undefined {
  if (of.kind === 'input') return Object.hasOwn(plan, 'input') ? { source: plan.input } : undefined;
  const [holder, name] = of.kind === 'result' ? [plan.results, of.activity] : [plan.signals, of.name];
  return holder && Object.hasOwn(holder, name) ? { source: holder[name] } : undefined;
}

function seenIn(learned: Learned | undefined, of: ValueOf, workflow: string): readonly unknown[] | undefined {
  switch (of.kind) {
    case 'input':
      return learned?.inputs.get(workflow);
    case 'result':
      return learned?.results.get(of.activity);
    case 'signal':
      return learned?.signals.get(workflow)?.get(of.name);
  }
}
