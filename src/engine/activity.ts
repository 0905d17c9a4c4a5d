import { AsyncLocalStorage } from 'node:async_hooks';
import type { Clock } from './clock.js';
import { copyJson, toPayload } from './codec.js';
import { engineError } from './errors.js';
import { toFailure } from './failure.js';
import type { Failure, Json } from './history.js';
import type { OpenActivity } from './progress.js';

/** What an activity may ask about the attempt it is. */
export interface ActivityInfo {
  readonly executionId: string;
  readonly activity: string;
  /** From 1. An attempt counts once its failure is recorded: after a crash the same attempt runs again. */
  readonly attempt: number;
  /** The same for every attempt and every life of this call, and for no other call: hand it to the outside service. */
  readonly idempotencyKey: string;
  /** Aborted when the attempt has timed out or the worker has lost its lease: nobody waits for the result. */
  readonly signal: AbortSignal;
}

export type Activity = (...args: never[]) => unknown;

const storage = new AsyncLocalStorage<ActivityInfo>();

/**
 * The attempt that the calling activity runs in. Throws `outside-workflow` anywhere else.
 *
 * @example
 * const charge = (customer: string, amount: number) =>
 *   cards.charge({ customer, amount, idempotencyKey: activityInfo().idempotencyKey });
 */
export function activityInfo(): ActivityInfo {
  const info = storage.getStore();
  if (!info) throw engineError('outside-workflow', 'activityInfo() was called outside an activity.');
  return info;
}

/** The activity of that name; what every object has is none. Called as a method, so that it may be one of a class. */
export function activityIn(activities: object, name: string): Activity | undefined {
  const found: unknown = name in Object.prototype ? undefined : Reflect.get(activities, name);
  return typeof found === 'function' ? (found.bind(activities) as Activity) : undefined;
}

/** Tells an attempt that nobody waits for it. Most never ask, and a signal of Node's is dear. */
export class Abort {
  #controller: AbortController | undefined;
  #aborted = false;

  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.#aborted) this.#controller.abort();
    return this.#controller.signal;
  }

  abort(): void {
    this.#aborted = true;
    this.#controller?.abort();
  }
}

export type Outcome = { readonly result?: Json } | { readonly failure: Failure };

/** Runs one attempt to its outcome. Never rejects; on a time-out the body may go on, and nobody listens to it. */
export function attempt(
  body: Activity,
  executionId: string,
  open: OpenActivity,
  clock: Clock,
  abort: Abort,
): Promise<Outcome> {
  const { name, seq, args, options } = open.command;
  const idempotencyKey = `${executionId}/${seq}`;
  const info: ActivityInfo = {
    executionId,
    activity: name,
    attempt: open.attempt,
    idempotencyKey,
    get signal() {
      return abort.signal;
    },
  };
  const limitMs = options.startToCloseTimeoutMs;
  return new Promise((resolve) => {
    const cancel =
      limitMs === undefined
        ? undefined
        : clock.at(clock.now() + limitMs, () => {
            const message = `${name} took longer than its startToCloseTimeoutMs of ${limitMs} ms.`;
            resolve({ failure: { name: 'TimeoutError', message } });
            abort.abort();
          });
    const settle = (outcome: Outcome): void => {
      cancel?.();
      resolve(outcome);
    };
    storage
      .run(info, async () => toPayload(await (body as (...values: Json[]) => unknown)(...copyJson(args)), `result`))
      .then(
        (result) => settle(result === undefined ? {} : { result }),
        (error: unknown) => settle({ failure: toFailure(error) }),
      );
  });
}
