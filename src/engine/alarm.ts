import type { Clock } from './clock.js';

/** Lets one loop wait for a time or for a ring, whichever comes first. A ring that comes while it works is kept. */
export class Alarm {
  readonly #clock: Clock;
  #rung = false;
  #resume = (): void => {};

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  readonly ring = (): void => {
    this.#rung = true;
    this.wake();
  };

  /** Ends a wait that is under way, and no later one: for what the loop looks at before it waits. */
  readonly wake = (): void => this.#resume();

  async until(timeMs: number): Promise<void> {
    if (!this.#rung) {
      await new Promise<void>((resolve) => {
        const cancel = timeMs === Infinity ? undefined : this.#clock.at(timeMs, resolve);
        this.#resume = () => {
          cancel?.();
          resolve();
        };
      });
    }
    // Here and nowhere else: what rings after the loop has begun to look is heard at its next wait.
    this.#rung = false;
  }
}
