import { toPayload, type HistoryEvent, type Json, type Signal, type Worker } from '../../engine/index.js';
import type { MemoryStore } from '../../engine/store/memory.js';
import type { Life, Site } from '../life.js';
import type { Senders } from '../pattern.js';
import type { Resource } from '../state.js';

/** A signal that somebody outside may send to the execution. */
export interface OutsideSignal {
  readonly signal: Signal | string;
  readonly args?: readonly Json[];
  /** At most so often. Default 1. */
  readonly times?: number;
}

export const NOBODY: Senders = {
  ways: 0,
  send() {
    throw new Error('there is nobody outside');
  },
};

/**
 * People and systems that send signals to an execution, from processes of their own: each at any moment from its start to
 * its end, or never. What they have sent is kept, so that nothing is sent more often than it may be.
 */
export class SignalSenders implements Resource<readonly number[]>, Senders {
  readonly name = 'senders';
  /** How often each was sent. */
  part: readonly number[];
  readonly #store: { readonly store: MemoryStore };
  readonly #id: string;
  readonly #signals: readonly OutsideSignal[];
  readonly #sites: readonly Site[];
  readonly #listeners: { readonly life: Life; readonly worker: Worker }[] = [];

  constructor(store: { readonly store: MemoryStore }, id: string, signals: readonly OutsideSignal[]) {
    this.#store = store;
    this.#id = id;
    this.#signals = signals;
    this.part = signals.map(() => 0);
    this.#sites = signals.map(({ signal }) => ({ name: `outside:${nameOf(signal)}`, kind: 'other', text: '' }));
  }

  view(part: readonly number[]): unknown {
    return part;
  }

  /** The worker looks for what has come as soon as its process waits: a poll that is never late. */
  tell(life: Life, worker: Worker): void {
    this.#listeners.push({ life, worker });
  }

  get ways(): number {
    return this.#left.length;
  }

  send(index: number, now: number, note: (text: string) => void): Site {
    const number = this.#left[index]!;
    const { signal, args = [] } = this.#signals[number]!;
    const name = nameOf(signal);
    const payload = toPayload(args, `${name} arguments`) as Json[];
    const event: Extract<HistoryEvent, { type: 'signaled' }> = { type: 'signaled', at: now, name, args: payload };
    // The memory store does it before it returns its promise, and an execution that runs takes every signal.
    void this.#store.store.signal(this.#id, event);
    this.part = this.part.with(number, this.part[number]! + 1);
    note(`from outside: signal ${name}${args.length > 0 ? ` ${JSON.stringify(args)}` : ''}`);
    // A worker that is busy with the execution sees it at its next commit, and looks again when it has nothing else to do.
    for (const { life, worker } of this.#listeners) life.clock.at(now, () => worker.wake());
    return this.#sites[number]!;
  }

  // Before its start nobody knows of it, and after its end the store takes no signal.
  get #left(): readonly number[] {
    const status = this.#store.store.state.executions[this.#id]?.execution.status;
    if (status !== 'running' && status !== 'blocked') return [];
    return this.#signals.flatMap(({ times = 1 }, number) => (this.part[number]! < times ? [number] : []));
  }
}

/** For the certificate. */
export function sendersInWords(signals: readonly OutsideSignal[]): readonly string[] {
  if (signals.length === 0) return [];
  const each = signals.map(({ signal, times = 1 }) => `${nameOf(signal)} ${times === 1 ? 'once' : `${times} times`}`);
  return [`from outside come at most, each at any moment or never: ${each.join(', ')}`];
}

function nameOf(signal: Signal | string): string {
  return typeof signal === 'string' ? signal : signal.name;
}
