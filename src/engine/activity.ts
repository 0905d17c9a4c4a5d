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

export type Outcome = { readonly result?: Json } | { readonly failure: Failure };

/**
 * One attempt, and what its body may ask about it. A class and not an object with a getter of its own: for each of
 * those V8 makes a hidden class, which keeps all that the getter can reach until the next full collection.
 */
export class Attempt implements ActivityInfo {
  readonly executionId: string;
  readonly activity: string;
  readonly attempt: number;
  readonly idempotencyKey: string;
  readonly #command: OpenActivity['command'];
  // Most never ask for it, and a signal of Node's is dear.
  #controller: AbortController | undefined;
  #aborted = false;

  constructor(executionId: string, { command, attempt }: OpenActivity) {
    this.executionId = executionId;
    this.activity = command.name;
    this.attempt = attempt;
    this.idempotencyKey = `${executionId}/${command.seq}`;
    this.#command = command;
  }

  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.#aborted) this.#controller.abort();
    return this.#controller.signal;
  }

  /** Tells the body that nobody waits for it. */
  abort(): void {
    this.#aborted = true;
    this.#controller?.abort();
  }

  /** Runs the body to its outcome. Never rejects; on a time-out the body may go on, and nobody listens to it. */
  run(body: Activity, clock: Clock): Promise<Outcome> {
    const { args, options } = this.#command;
    const limitMs = options.startToCloseTimeoutMs;
    return new Promise((resolve) => {
      const expire = (): void => {
        const message = `${this.activity} took longer than its startToCloseTimeoutMs of ${limitMs} ms.`;
        resolve({ failure: { name: 'TimeoutError', message } });
        this.abort();
      };
      const cancel = limitMs === undefined ? undefined : clock.at(clock.now() + limitMs, expire);
      const settle = (outcome: Outcome): void => {
        cancel?.();
        resolve(outcome);
      };
      storage
        .run(this, async () => toPayload(await (body as (...values: Json[]) => unknown)(...copyJson(args)), `result`))
        .then(
          (result) => settle(result === undefined ? {} : { result }),
          (error: unknown) => settle({ failure: toFailure(error) }),
        );
    });
  }
}
