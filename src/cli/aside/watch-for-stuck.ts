import { url as debuggerUrl } from 'node:inspector';
import { stuckLine } from './stuck-line.js';

/** Well above what a reasonable computation takes between two turns of the event loop. */
export const STUCK_MS = 10_000;
const LOOK_MS = 100;
const HOPELESS_MS = 30_000;

/**
 * Calls back with the line of the user's that has let nothing else run in the thread beside for so long. Under a debugger,
 * which stops code for as long as one likes, nobody watches. Returns what ends the watch.
 */
export function watchForStuck(turns: SharedArrayBuffer, onStuck: (line: string) => void): () => void {
  if (debuggerUrl() !== undefined) return () => {};
  const counter = new Int32Array(turns);
  let [last, still, over] = [-1, 0, false];
  const looking = setInterval(async () => {
    const turn = Atomics.load(counter, 0);
    // Looks are counted, not time: a process that is stopped and goes on has not been stuck.
    still = turn === last ? still + 1 : 0;
    last = turn;
    if (still === 0 || (still * LOOK_MS) % STUCK_MS !== 0) return;
    const line = await stuckLine();
    // Where it is in no line of the user's, crashwise itself may be at work, but not for ever.
    if (!over && line !== '') onStuck(line);
    else if (!over && still * LOOK_MS >= HOPELESS_MS) onStuck('Code of the scenario, or what it calls,');
  }, LOOK_MS);
  looking.unref();
  return () => {
    over = true;
    clearInterval(looking);
  };
}
