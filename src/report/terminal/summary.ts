import type { SimulationResult } from '../../results/index.js';
import { asExpected } from './expectation.js';
import type { Screen } from './screen.js';
import { count, duration, figure } from './words.js';
import { flow } from './wrap.js';

/** The last line: `1 proved, 1 violated as expected · 0.3 s · seed 1 · exit 0`. */
export function summaryLines({ runs, ms, seed }: SimulationResult, exitCode: number, screen: Screen): string[] {
  const counted = (verdict: string, expected: boolean): number =>
    runs.filter((run) => run.verdict === verdict && asExpected(run) === expected).length;
  const kinds = [
    ['proved', counted('proved', true)],
    ['proved NOT as expected', counted('proved', false)],
    ['violated as expected', counted('violated', true)],
    ['violated NOT as expected', counted('violated', false)],
    ['inconclusive', runs.filter(({ verdict }) => verdict === 'inconclusive').length],
  ] as const;
  const found = kinds.flatMap(([words, number]) => (number === 0 ? [] : [`${figure(number)} ${words}`]));
  const survived = runs.reduce((sum, { mutants }) => sum + (mutants?.survived ?? 0), 0);
  if (survived > 0) found.push(`${count(survived, 'mutant')} survived`);
  const text = [found.join(', ') || 'nothing was run', duration(ms), `seed ${seed}`, `exit ${exitCode}`].join(' · ');
  return flow([text], screen.width).map((line) => screen.chalk.bold(line));
}
