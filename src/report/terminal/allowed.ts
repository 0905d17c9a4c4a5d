import type { SimulationRun } from '../../results/index.js';
import { commandLines } from './command.js';
import { TEXT_COLUMN, type Screen } from './screen.js';
import { count } from './words.js';
import { hanging } from './wrap.js';

/** Effects that happened twice where their class allows it, each with the schedule that does it. */
export function allowedLines({ twiceAllowed }: SimulationRun, screen: Screen): string[] {
  const lines: string[] = [];
  for (const { title, crashes, schedule } of twiceAllowed) {
    const label = lines.length === 0 ? '  allowed' : '';
    const when = crashes === 0 ? 'without a crash' : count(crashes, 'crash');
    const text = `"${title}" may happen twice, being at-least-once: ${when}`;
    lines.push(...hanging(label, text, TEXT_COLUMN, screen.width, screen.chalk.dim));
    lines.push(...commandLines('', `--schedule ${schedule}`, screen));
  }
  return lines;
}
