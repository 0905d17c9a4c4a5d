/**
 * What survives a crash: the state of each resource (store, services, ledger, ...), the time, and how many fresh ids
 * were handed out. Persistent data: nothing in it is ever changed in place, so a reference is a snapshot.
 */
export interface DurableState {
  readonly parts: Readonly<Record<string, unknown>>;
  readonly now: number;
  readonly fresh: number;
  /** Faults other than crashes that have happened so far. */
  readonly spent: number;
  /** What the explorer has made of it, and the state before it, of which it makes use. No part of the state. */
  memo?: unknown;
  before?: DurableState | undefined;
}

/** One thing that survives a crash. `view` is what of it can matter for the future; see `views.ts`. */
export interface Resource<Part = unknown> {
  readonly name: string;
  /** The current state. Assigning restores. Replaced on each change, never changed in place. */
  part: Part;
  /** What of it can matter for the future. Times that are waited for are `Deadline`s; other times are left out. */
  view(part: Part): unknown;
  /** What `view` leaves out, times as `Deadline`s: states that differ only there are checked to behave alike. */
  dropped?(part: Part): unknown;
}

/** A pending deadline inside a view: only on which side of now it is, and its order among the others, is kept. */
export class Deadline {
  readonly timeMs: number;

  constructor(timeMs: number) {
    this.timeMs = timeMs;
  }
}

/** JSON text inside a view, which need not be made again: it counts as the value that it is the text of. */
export class JsonText {
  readonly text: string;

  constructor(value: unknown) {
    this.text = JSON.stringify(value);
  }
}

/** The first `length` of these items: others may see more of them. */
export interface Growing {
  readonly items: readonly object[];
  readonly length: number;
  /** The list that this one was a copy of, and how much of it. */
  readonly forked?: { readonly from: readonly object[]; readonly at: number } | undefined;
}

/**
 * A list inside a view that only grows: each item is an object that was made for its place in this list. So the form of
 * a longer list is made from that of the shorter one and what came to it.
 */
export class Chain {
  readonly list: Growing;
  /**
   * What of an item can matter; undefined: nothing. `previous` is the one before it. The same function for every chain of
   * its kind.
   */
  readonly view: (item: never, previous: never) => unknown;

  constructor(list: Growing, view: Chain['view']) {
    this.list = list;
    this.view = view;
  }
}
