import { EXIT } from '../results/exit-codes.js';
import { SAME_PRESS_MS } from './on-interrupt.js';
import type { Output } from './output.js';

/** Calls `stop` on the first SIGINT or SIGTERM, and ends the process on the next. Returns what takes that back. */
export function onStopSignals(output: Output, stop: () => void): () => void {
  let first: number | undefined;
  const onSignal = (): void => {
    if (first === undefined) {
      first = Date.now();
      output.talk(
        'Stopping when the activities in flight have ended.\nOnce more: at once; their leases then run out.\n',
      );
      stop();
    } else if (Date.now() - first > SAME_PRESS_MS) {
      process.exit(EXIT.INTERRUPTED);
    }
  };
  const signals = ['SIGINT', 'SIGTERM'] as const;
  for (const signal of signals) process.on(signal, onSignal);
  return () => {
    for (const signal of signals) process.off(signal, onSignal);
  };
}
