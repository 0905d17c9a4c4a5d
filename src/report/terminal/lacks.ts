import type { SimulationRun } from '../../results/index.js';
import { commandLines } from './command.js';
import { asExpected, expectationOf } from './expectation.js';
import { TEXT_COLUMN, type Screen } from './screen.js';
import { adviceOf, stopOf } from './unfinished.js';
import { verdictPaint } from './verdict-paint.js';
import { hanging } from './wrap.js';

/** Of one row of the decision table: for each machinery that is not proved, why, and what it needs. */
export function lackLines(runs: readonly SimulationRun[], screen: Screen): string[] {
  const told = runs.filter((run) => run.verdict !== 'proved' || !asExpected(run));
  const { scenario, title } = runs[0]!;
  if (told.length === 0) return [];
  const { chalk, width } = screen;
  return [...hanging(scenario, title, 0, width, chalk.bold), ...told.flatMap((run) => ['', ...linesOf(run, screen)])];
}

function linesOf(run: SimulationRun, screen: Screen): string[] {
  const { pattern, verdict, violations, needs, causes = [] } = run;
  const { chalk, width } = screen;
  const field = (label: string, text: string, paint = chalk.dim): string[] =>
    hanging(`  ${label}`, text, TEXT_COLUMN, width, paint);
  const [shortest] = violations.toSorted((one, other) => one.faults - other.faults || one.crashes - other.crashes);
  const said = shortest?.sentence ?? (verdict === 'inconclusive' ? stopOf(run) : 'nothing was found to break.');
  const notFound =
    'not known: nothing that it declares is enough, or the search for it was stopped before that was decided.';
  return [
    ...hanging(
      verdict.toUpperCase(),
      `${pattern}: ${said}`,
      'VIOLATED'.length + 2,
      width,
      verdictPaint(verdict, screen),
    ),
    ...(asExpected(run) || verdict === 'inconclusive' ? [] : field('NOT expected', expectationOf(run), chalk.red.bold)),
    ...(causes.length > 0 ? field('cause', `${causes.join('; ')}.`) : []),
    ...(verdict === 'violated' ? field('needs', needs ? needs.join(', ') : notFound) : []),
    ...(shortest ? commandLines('  again', shortest.reproduce.command, screen) : []),
    ...(verdict === 'inconclusive' ? field('to do', adviceOf(run)) : []),
  ];
}
