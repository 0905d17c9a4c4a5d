import type { EngineRunResult } from '../../results/index.js';
import { span } from './span.js';

/** One line at the end of `engine run`: how the executions of these workflows stand. */
export function runSummary({ executions, nextDue }: EngineRunResult, now: number): string {
  const counts = Object.entries(executions).filter(([, count]) => count > 0);
  const stand = counts.map(([status, count]) => `${count} ${status}`).join(', ') || 'no executions';
  const next = nextDue === null ? '' : nextDue > now ? ` · next due in ${span(nextDue - now)}` : ' · more is due';
  return `${stand}${next}\n`;
}
