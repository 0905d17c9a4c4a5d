import type { Json } from '../../engine/index.js';

/** What recorded histories hold: values that were there once. */
export interface Learned {
  /** By workflow. */
  readonly inputs: ReadonlyMap<string, readonly Json[]>;
  /** By activity; undefined among them: it answers nothing. */
  readonly results: ReadonlyMap<string, readonly (Json | undefined)[]>;
  /** Names of errors, by activity. */
  readonly failures: ReadonlyMap<string, readonly string[]>;
  /** Lists of arguments, by workflow and signal. */
  readonly signals: ReadonlyMap<string, ReadonlyMap<string, readonly Json[]>>;
}

/** Different values of one kind. With more of them, a search says no more. */
const MAX_VALUES = 300;

/** Gathers what histories hold, one after the other. Events that it does not know, it leaves out. */
export class Learning implements Learned {
  readonly inputs = new Map<string, Json[]>();
  readonly results = new Map<string, (Json | undefined)[]>();
  readonly failures = new Map<string, string[]>();
  readonly signals = new Map<string, Map<string, Json[]>>();
  readonly #seen = new Set<string>();

  add(events: readonly unknown[]): void {
    const names = new Map<unknown, string>();
    let workflow = '';
    for (const event of events as readonly Partial<Record<string, never>>[]) {
      const { type, seq, name } = event as { type?: unknown; seq?: unknown; name?: unknown };
      if (type === 'started') {
        workflow = String(event['workflow']);
        if (event['input'] !== undefined) this.#keep(this.inputs, workflow, event['input'] as Json);
      } else if (type === 'decided') {
        for (const { kind, seq: of, name: activity } of event['commands'] as unknown as readonly Record<
          string,
          unknown
        >[]) {
          if (kind === 'activity') names.set(of, String(activity));
        }
      } else if (type === 'activity-completed') {
        this.#keep(this.results, names.get(seq), event['result'] as Json | undefined);
      } else if (type === 'activity-failed') {
        this.#keep(this.failures, names.get(seq), String((event['failure'] as { name?: unknown } | undefined)?.name));
      } else if (type === 'signaled') {
        let own = this.signals.get(workflow);
        if (!own) this.signals.set(workflow, (own = new Map()));
        this.#keep(own, String(name), (event['args'] ?? []) as Json, workflow);
      }
    }
  }

  #keep<T>(into: Map<string, T[]>, name: string | undefined, value: T, where = ''): void {
    if (name === undefined) return;
    const values = into.get(name) ?? [];
    const kind = [this.inputs, this.results, this.failures].indexOf(into as never);
    const text = `${kind} ${where} ${name} ${JSON.stringify(value)}`;
    if (this.#seen.has(text) || values.length >= MAX_VALUES) return;
    this.#seen.add(text);
    into.set(name, [...values, value]);
  }
}
