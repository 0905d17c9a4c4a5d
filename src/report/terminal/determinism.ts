import type { DeterminismResult, DeterminismTarget } from '../../results/determinism.js';
import { baselineLines } from './baseline.js';
import { divergenceLines } from './divergence.js';
import type { Screen } from './screen.js';
import { count, duration, figure } from './words.js';
import { flow, hanging, plain, wrap } from './wrap.js';

/** The result of `fuzz` as a screen: a line for each workflow, then each finding, and one last line. */
export function renderDeterminism(result: DeterminismResult, options: Screen & { readonly exitCode: number }): string {
  const { exitCode, ...screen } = options;
  const findings = result.targets.flatMap((target) =>
    target.divergences
      .filter(({ standing }) => standing !== 'accepted')
      .map((divergence) => divergenceLines(target, divergence, screen)),
  );
  return [
    targetLines(result.targets, screen),
    ...findings,
    baselineLines(result, screen),
    summary(result, exitCode, screen),
  ]
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

/** A line for each workflow: its verdict, and how far the search came. */
export function targetLines(targets: readonly DeterminismTarget[], screen: Screen): string[] {
  const width = Math.max(...targets.map(({ workflow }) => workflow.length), 0) + 2;
  return targets.flatMap((target) => {
    const { workflow, verdict, runs, prefixes, coverage, reasons, divergences, stoppedBy } = target;
    const { hit, of } = coverage.branches;
    const paint = paintOf(verdict, screen);
    const first = divergences.find(({ standing }) => standing === 'finding');
    const figures = `${count(runs, 'run')} · ${figure(hit)} of ${count(of, 'branch')} · ${figure(prefixes)} prefixes${stoppedBy === 'time' ? ' · stopped by time' : ''}`;
    const said = {
      divergent: `DIVERGENT      found in run ${first?.run ?? 0}`,
      inconclusive: `INCONCLUSIVE   ${reasons.join('; ')}`,
      'no-divergence': `no divergence  ${figures}${divergences.some(({ standing }) => standing === 'harmless') ? ' · see below' : ''}`,
    }[verdict];
    return hanging(plain(workflow).padEnd(width), said, width + 15, screen.width).map((line, at) =>
      at === 0 ? line.slice(0, width) + paint(line.slice(width, width + 13)) + line.slice(width + 13) : line,
    );
  });
}

function paintOf(verdict: DeterminismTarget['verdict'], { chalk }: Screen) {
  return { divergent: chalk.red.bold, inconclusive: chalk.yellow.bold, 'no-divergence': chalk.green }[verdict];
}

function summary({ targets, ms, seed }: DeterminismResult, exitCode: number, screen: Screen): string[] {
  const of = (verdict: string): number => targets.filter((target) => target.verdict === verdict).length;
  const kinds = [
    [of('divergent'), 'divergent'],
    [of('no-divergence'), 'without divergence'],
    [of('inconclusive'), 'inconclusive'],
  ] as const;
  const said = kinds.flatMap(([number, words]) => (number === 0 ? [] : [`${figure(number)} ${words}`]));
  const text = [said.join(', ') || 'nothing was run', duration(ms), `seed ${seed}`, `exit ${exitCode}`].join(' · ');
  return flow([wrap(text, screen.width).join(' ')], screen.width).map((line) => screen.chalk.bold(line));
}
