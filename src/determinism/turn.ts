const TURN_MS = 30;
let last = 0;

/**
 * Lets the event loop turn now and then: workflow code runs in microtasks alone, and nobody else would come to run, not
 * even who watches for code that is stuck.
 */
export async function takeTurn(): Promise<void> {
  const now = performance.now();
  if (now - last < TURN_MS) return;
  await new Promise((resolve) => setImmediate(resolve));
  last = performance.now();
}
