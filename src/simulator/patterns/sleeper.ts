import type { Life } from '../life.js';

/** A wait in memory: it dies with the process. */
export function sleeper(life: Life): (ms: number) => Promise<void> {
  return (ms) =>
    new Promise((resolve) => {
      life.clock.at(life.now + ms, resolve);
    });
}
