import type { DeterminismResult, DeterminismTarget, FoundDivergence } from '../../results/determinism.js';
import { commandLines } from './command.js';
import { commandsLines } from './recorded-and-replayed.js';
import { placeLines } from './frame.js';
import { TEXT_COLUMN, type Screen } from './screen.js';
import { count, duration, figure } from './words.js';
import { flow, hanging, plain, wrap } from './wrap.js';

const MAX_VALUE = 300;

/** The result of `fuzz` as a screen: a line for each workflow, then each finding, and one last line. */
export function renderDeterminism(result: DeterminismResult, options: Screen & { readonly exitCode: number }): string {
  const { exitCode, ...screen } = options;
  const findings = result.targets.flatMap((target) =>
    target.divergences.map((divergence) => divergenceBlock(target, divergence, screen)),
  );
  return [targetLines(result.targets, screen), ...findings, summary(result, exitCode, screen)]
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function targetLines(targets: readonly DeterminismTarget[], screen: Screen): string[] {
  const width = Math.max(...targets.map(({ workflow }) => workflow.length), 0) + 2;
  return targets.flatMap((target) => {
    const { workflow, verdict, runs, prefixes, coverage, reasons, divergences, stoppedBy } = target;
    const { hit, of } = coverage.branches;
    const paint = paintOf(verdict, screen);
    const first = divergences[0];
    const figures = `${count(runs, 'run')} · ${figure(hit)} of ${count(of, 'branch')} · ${figure(prefixes)} prefixes${stoppedBy === 'time' ? ' · stopped by time' : ''}`;
    const said = {
      divergent: `DIVERGENT      found in run ${first?.run ?? 0}`,
      inconclusive: `INCONCLUSIVE   ${reasons.join('; ')}`,
      'no-divergence': `no divergence  ${figures}${divergences.length > 0 ? ' · see below' : ''}`,
    }[verdict];
    return hanging(plain(workflow).padEnd(width), said, width + 15, screen.width).map((line, at) =>
      at === 0 ? line.slice(0, width) + paint(line.slice(width, width + 13)) + line.slice(width + 13) : line,
    );
  });
}

function paintOf(verdict: DeterminismTarget['verdict'], { chalk }: Screen) {
  return { divergent: chalk.red.bold, inconclusive: chalk.yellow.bold, 'no-divergence': chalk.green }[verdict];
}

function divergenceBlock({ workflow, verdict }: DeterminismTarget, found: FoundDivergence, screen: Screen): string[] {
  const { chalk, width } = screen;
  const counts = verdict === 'divergent';
  const label = counts ? 'DIVERGENT' : 'ELSEWHERE';
  const field = (name: string, text: string): string[] =>
    hanging(`  ${name}`, text, TEXT_COLUMN, width, (part) => chalk.dim(part));
  const places = found.blame.length > 0 ? found.blame : found.location ? [found.location] : [];
  const unique = places.filter(
    ({ file, line }, at) => places.findIndex((o) => o.file === file && o.line === line) === at,
  );
  return [
    ...hanging(
      label,
      `${workflow}: ${sentenceOf(found)}`,
      label.length + 2,
      width,
      counts ? chalk.red.bold : chalk.yellow.bold,
    ),
    '',
    ...unique.filter(({ line }) => line > 0).flatMap((place) => [...placeLines(place, false, screen), '']),
    ...commandsLines(found, screen),
    '',
    ...causeLines(found, field),
    ...field('input', shortened(found.input)),
    ...field('guard', GUARD[found.guard]),
    ...commandLines('  again', found.reproduce.command, screen),
    ...(found.saved === undefined ? [] : field('saved', `${found.saved} (runs first, next time)`)),
  ];
}

const GROUPS: Readonly<Record<string, string>> = {
  clock: 'the clock',
  random: 'another number each time',
  crypto: 'another number each time',
  env: 'the environment',
  'time zone': 'the time zone',
  locale: 'the locale',
  pid: 'the process',
  hostname: 'the machine',
  cwd: 'the working directory',
  'file system': 'the files of the machine',
  latency: 'what it awaits by itself',
};

const GUARD = {
  recorded: 'this engine answers with a recorded value, so that nothing differs here; on other engines it does',
  refused: 'this engine refuses the call and blocks the execution',
  unseen: 'this engine does not see it: an execution that is replayed is blocked, or goes another way',
} as const;

function sentenceOf({ expected, actual, difference, prefix }: FoundDivergence): string {
  const after = prefix <= 1 ? 'from its start' : `over ${count(prefix, 'decision')}`;
  if (expected === null && actual === null) return `it does not come through a replay: ${difference}.`;
  if (actual === null) return `replayed ${after}, it asks for less.`;
  if (expected === null) return `replayed ${after}, it asks for more.`;
  if (difference === 'kind' || difference === 'name') return `replayed ${after}, it asks for something else.`;
  return `replayed ${after}, it differs in ${difference}.`;
}

function causeLines({ blame }: FoundDivergence, field: (name: string, text: string) => string[]): string[] {
  if (blame.length === 0)
    return field('cause', 'not known: no source by itself, and no two of them, make it differ again');
  return blame.flatMap(({ source, group, file, line, confirmed }) => {
    const what = source === group ? source : `${source}, ${GROUPS[group] ?? group}`;
    const place = line > 0 ? `, ${file}:${line}` : '';
    const pinned = confirmed
      ? 'with it pinned, 20 of 20 replays agree, whatever else changes'
      : 'it alone makes the replay differ; something else does, too';
    return [...field('cause', `${what}${place}`), ...field('', pinned)];
  });
}

function shortened(value: unknown): string {
  const text = JSON.stringify(value) ?? 'undefined';
  return text.length > MAX_VALUE ? `${text.slice(0, MAX_VALUE)}…` : text;
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
