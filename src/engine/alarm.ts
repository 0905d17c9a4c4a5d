import type { Clock } from './clock.js';

/** Lets one loop wait for a time or for a ring, whichever comes first. A ring that comes while it works is kept. */
export class Alarm {
  readonly #clock: Clock;
  #rung = false;
  #wake = (): void => {};

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  readonly ring = (): void => {
    this.#rung = true;
    this.#wake();
  };

  /** What rang so far has been heard. */
  clear(): void {
    this.#rung = false;
  }

  async until(timeMs: number): Promise<void> {
    if (this.#rung) return;
    await new Promise<void>((resolve) => {
      const cancel = timeMs === Infinity ? undefined : this.#clock.at(timeMs, resolve);
      this.#wake = () => {
        cancel?.();
        resolve();
      };
    });
  }
}
