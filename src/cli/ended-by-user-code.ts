import { writeSync } from 'node:fs';
import { EXIT } from '../results/exit-codes.js';
import { cliError } from './errors.js';
import type { Output } from './output.js';

/**
 * Tells that code of the user ended the process before the command did, as with `process.exit(0)`, which would pass for
 * a clean end. Nothing can be awaited any more, so it is written at once. Returns what to call where the end is ours.
 */
export function watchForEarlyEnd(output: Output): () => void {
  const onExit = (code: number): void => {
    if (code === EXIT.INTERRUPTED) return;
    const { code: name, message, next, hint } = cliError('code-threw', `process.exit(${code}) was called.`);
    writeSync(2, `error ${name}: ${message}\nnow   ${next}\ndo    ${hint}\n`);
    if (output.json && !output.hasData)
      writeSync(1, `${JSON.stringify({ schema: 'crashwise/error@1', code: name, message, next, hint }, null, 2)}\n`);
    process.exitCode = EXIT.USAGE;
  };
  process.once('exit', onExit);
  return () => void process.off('exit', onExit);
}
