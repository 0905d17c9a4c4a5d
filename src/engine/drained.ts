/**
 * Resolves when no microtask is left, so when the workflow waits for its next event. Node empties the microtask queue
 * before it takes the next tick, and a tick asked for from within a microtask is taken after the last of them.
 */
export function drained(): Promise<void> {
  return new Promise((resolve) => {
    queueMicrotask(() => process.nextTick(resolve));
  });
}
