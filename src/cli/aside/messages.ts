import type { Advice } from '../../engine/crashwise-error.js';

/** What the thread beside is given when it starts. */
export interface AsideTask {
  readonly name: string;
  readonly input: unknown;
  /** Counts the turns of its event loop. */
  readonly turns: SharedArrayBuffer;
}

/** An error on its way between threads, which keep no classes: one of those with a page, or a bug with its stack. */
export type SentError =
  ({ readonly code: string; readonly message: string } & Advice) | { readonly message: string; readonly stack: string };

/** What the thread beside sends. */
export type FromAside =
  | { readonly kind: 'standing'; readonly text: string }
  | { readonly kind: 'part'; readonly value: unknown }
  | { readonly kind: 'done'; readonly value: unknown }
  | { readonly kind: 'failed'; readonly error: SentError }
  /** It has nothing left to do, and is not done. */
  | { readonly kind: 'stalled' };

/** What it is sent: the user interrupts. */
export const ABORT = 'abort';
