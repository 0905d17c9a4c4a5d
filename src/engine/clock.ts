/** Time as the engine sees it; a simulator brings its own. */
export interface Clock {
  /** Ms since 1970. */
  now(): number;
  /** Calls back once, when `now()` has reached `timeMs` or soon after, unless the returned function is called before. */
  at(timeMs: number, callback: () => void): () => void;
}

const MAX_TIMEOUT_MS = 2 ** 31 - 1; // Node fires a longer timeout at once.

/** The time of this machine. It may be set back or forward; recorded times never run backwards all the same. */
export const systemClock: Clock = {
  now: () => Date.now(),
  at(timeMs, callback) {
    let timeout: NodeJS.Timeout;
    const arm = (): void => {
      const left = Math.max(timeMs - Date.now(), 0);
      timeout = left > MAX_TIMEOUT_MS ? setTimeout(arm, MAX_TIMEOUT_MS) : setTimeout(callback, left);
    };
    arm();
    return () => clearTimeout(timeout);
  },
};
