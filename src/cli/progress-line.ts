import { columnsOf } from './columns-of.js';
import type { Output } from './output.js';

const EVERY_MS = { terminal: 200, otherwise: 10_000 };
const QUIET_MS = 1_000;
const CLEAR = '\r\u001B[K';

/**
 * What goes on during a long run, on stderr: one line that changes on a terminal, else a line every 10 s. By the clock
 * and not by the step, for a single step may take long. A short run shows nothing.
 */
export function progressLine(output: Output): { show(text: string | (() => string)): void; clear(): void } {
  const isTerminal = process.stderr.isTTY && process.env['TERM'] !== 'dumb';
  let current: string | (() => string) = '';
  let shown = false;
  const startedAt = Date.now();
  const tick = (): void => {
    if (current === '' || Date.now() - startedAt < QUIET_MS) return;
    const text = typeof current === 'string' ? current : current();
    const line = text.slice(0, columnsOf(process.stderr) - 1);
    output.talk(isTerminal ? CLEAR + line : `${line}\n`);
    shown = isTerminal;
  };
  const timer = setInterval(tick, isTerminal ? EVERY_MS.terminal : EVERY_MS.otherwise);
  timer.unref(); // Showing that nothing goes on is no work: a module that awaits for ever is to be noticed.
  return {
    show(text) {
      current = text;
    },
    clear() {
      clearInterval(timer);
      if (shown) output.talk(CLEAR);
      shown = false;
    },
  };
}
