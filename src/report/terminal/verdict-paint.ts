import type { SimulationRun } from '../../results/index.js';
import type { Paint, Screen } from './screen.js';

export function verdictPaint(verdict: SimulationRun['verdict'], { chalk }: Screen): Paint {
  return { proved: chalk.green.bold, violated: chalk.red.bold, inconclusive: chalk.yellow.bold }[verdict];
}
