import { EXIT } from '../results/exit-codes.js';
import type { Output } from './output.js';

/** npm and npx pass Ctrl-C on to a process that the terminal has told already. */
export const SAME_PRESS_MS = 500;

/** A signal that the first Ctrl-C aborts. The second one ends the process at once, without a result. */
export function onInterrupt(output: Output): { readonly signal: AbortSignal; stopListening(): void } {
  const stop = new AbortController();
  let first: number | undefined;
  const onSignal = (): void => {
    if (first === undefined) {
      first = Date.now();
      stop.abort(); // Who shows progress takes it away.
      output.talk('Interrupted: the search ends here, and what was found so far follows. Once more: at once.\n');
    } else if (Date.now() - first > SAME_PRESS_MS) {
      process.exit(EXIT.INTERRUPTED);
    }
  };
  process.on('SIGINT', onSignal);
  return { signal: stop.signal, stopListening: () => void process.off('SIGINT', onSignal) };
}
