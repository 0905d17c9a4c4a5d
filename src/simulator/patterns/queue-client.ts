import type { Life } from '../life.js';
import type { Surroundings } from '../surroundings.js';
import type { MessageQueue, NewMessage } from './message-queue.js';

type AddOptions = Omit<NewMessage, 'name' | 'data'>;

/** What code does with the queue. */
export interface QueueClient {
  /** Each call adds a message; a job that was delivered twice adds two. */
  add(name: string, data: NewMessage['data'], options?: AddOptions): Promise<void>;
}

/** A message, delivered to its handler. */
export interface Job<Data = NewMessage['data']> {
  /** The same in every delivery. */
  readonly id: string;
  readonly name: string;
  readonly data: Data;
  /** From 1. */
  readonly deliveries: number;
  /**
   * Hides the message for so long from now: the heartbeat of a job that takes its time. Throws if it has been delivered
   * to another worker meanwhile.
   */
  extend(ms: number): Promise<void>;
}

/** A handler that returns has its message acknowledged; one that throws gets it again after the backoff. */
// oxlint-disable-next-line typescript/no-explicit-any -- each handler knows the data of its messages
export type JobHandlers = Readonly<Record<string, (job: Job<any>) => Promise<unknown>>>;

export function queueClient(queue: MessageQueue, surroundings: Surroundings, life: Life): QueueClient {
  return {
    add: (name, data, options = {}) =>
      life.call({ name: `queue.add:${name}`, kind: 'hand-on', text: `hand on: message ${name} for ${data.id}` }, () =>
        queue.put({ ...options, name, data }, surroundings.freshId(), life.now),
      ),
  };
}
