import type { Divergence } from '../../engine/index.js';
import { placeLines } from '../../report/terminal/frame.js';
import { TEXT_COLUMN, type Screen } from '../../report/terminal/screen.js';
import { count, duration, figure } from '../../report/terminal/words.js';
import { flow, hanging, plain } from '../../report/terminal/wrap.js';
import type { CorpusCoverage, ReplayFinding, ReplayResult } from '../../results/index.js';
import { divergenceLines } from './divergence.js';
import { unreadableLines } from './unreadable-lines.js';

const MOST_PLACES = 8;
const ORDER = ['pass', 'changed', 'fail', 'blocked', 'unsupported', 'not-covered'] as const;

/** The result of `replay`: each finding once, with its first example, and one last line. */
export function replayScreen(result: ReplayResult, exitCode: number, screen: Screen): string {
  const { findings, warnings, unreadable, coverage } = result;
  const blocks = [
    ...findings.map((finding) => findingLines(finding, screen)),
    ...warnings.map(({ message, count: times }) =>
      hanging('WARNING', `${message.split('\n')[0]} ${seenIn(times)}`, 9, screen.width, screen.chalk.yellow.bold),
    ),
    unreadableLines(unreadable, screen),
    coverage ? coverageLines(coverage, screen) : [],
    summary(result, exitCode, screen),
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function findingLines(finding: ReplayFinding, screen: Screen): string[] {
  const { status, workflow, location, examples } = finding;
  const { chalk, width } = screen;
  const label = status.toUpperCase();
  const paint = { fail: chalk.red.bold, blocked: chalk.red.bold }[status as string] ?? chalk.yellow.bold;
  const field = (name: string, text: string): string[] => hanging(`  ${name}`, text, TEXT_COLUMN, width, chalk.dim);
  const [{ file, line, id } = { file: '', line: null, id: '' }, ...others] = examples;
  const more = finding.count - examples.length;
  const also = [...others.map((one) => one.id), ...(more > 0 ? [`${figure(more)} more`] : [])];
  const page = screen.pagePath(`docs/errors/${finding.code}.md`);
  return [
    ...hanging(
      label,
      plain(`${workflow}: ${sentence(finding)} ${seenIn(finding.count)}`),
      label.length + 2,
      width,
      paint,
    ),
    '',
    ...body(finding, screen),
    ...(finding.divergence || !location ? [] : [...placeLines(location, false, screen), '']),
    ...field('example', plain(`${id}, ${line === null ? file : `${file}:${line}`}`)),
    ...(also.length > 0 ? field('also', plain(also.join(', '))) : []),
    // Never broken, so that it can be copied.
    ...(page === undefined ? [] : [`${chalk.dim('  read')}      ${page}`]),
  ];
}

function sentence({ status, code, message, workflow, divergence }: ReplayFinding): string {
  if (divergence) return refusal(divergence);
  if (status === 'blocked') return `the code cannot go on: ${code}.`;
  return message.replace(`${workflow}: `, '');
}

function refusal({ expected, actual, difference }: NonNullable<ReplayFinding['divergence']>): string {
  const [recorded, now] = [nameOf(expected), nameOf(actual)];
  return recorded === now ? `${now} differs in ${difference}.` : `it asks for ${now} where ${recorded} is recorded.`;
}

function nameOf(command: NonNullable<ReplayFinding['divergence']>['expected']): string {
  if (command === null) return 'nothing';
  if (command.kind === 'activity') return command.name;
  return {
    timer: 'a timer',
    'cancel-timer': 'the end of a timer',
    patch: 'a patch',
    complete: 'its end',
    fail: 'its failure',
  }[command.kind];
}

function body({ status, message, divergence, location, change }: ReplayFinding, screen: Screen): string[] {
  if (divergence) {
    const at = location ? `${location.file}:${location.line}` : '';
    return divergenceLines({ ...divergence, location: at } as Divergence, screen);
  }
  if (change) {
    const values = change.values.map(({ recorded, now, count: number }) => {
      return `${JSON.stringify(recorded)} -> ${JSON.stringify(now)} (${figure(number)})`;
    });
    const more = change.moreValues > 0 ? [`others (${figure(change.moreValues)})`] : [];
    const paint = (part: string): string => screen.chalk.dim(part);
    return [
      ...hanging('  of', plain(change.commands.join(', ')), TEXT_COLUMN, screen.width, paint),
      ...hanging('  changed', plain([...values, ...more].join(', ')), TEXT_COLUMN, screen.width, paint),
      '',
    ];
  }
  if (status !== 'blocked') return [];
  return [...message.split('\n').flatMap((line) => hanging('', line, TEXT_COLUMN, screen.width)), ''];
}

function coverageLines({ workflows, events, commands, patches }: CorpusCoverage, screen: Screen): string[] {
  const field = (name: string, counts: readonly (readonly [string, number])[]): string[] => {
    const hit = counts.filter(([, number]) => number > 0).map(([kind, number]) => `${kind} ${figure(number)}`);
    const none = counts.filter(([, number]) => number === 0).map(([kind]) => kind);
    const text = [...hit, ...(none.length > 0 ? [`none: ${none.join(', ')}`] : [])].join(' · ');
    return hanging(`  ${name}`, plain(text || 'none'), TEXT_COLUMN, screen.width, (part) => screen.chalk.dim(part));
  };
  const ways = patches.flatMap(({ id, ...one }) => [
    [`${id} new way`, one.new] as const,
    [`${id} old way`, one.old] as const,
  ]);
  return [
    screen.chalk.bold('What the histories reach'),
    ...field(
      'workflow',
      workflows.map(({ name, histories }) => [name, histories] as const),
    ),
    ...workflows.flatMap((one) => branchLines(one, screen)),
    ...field('events', Object.entries(events)),
    ...field('commands', Object.entries(commands)),
    ...field('patches', ways),
  ];
}

function branchLines({ name, branches }: CorpusCoverage['workflows'][number], { chalk, width }: Screen): string[] {
  if (!branches) return [];
  const { hit, of, uncovered } = branches;
  const shown = uncovered.slice(0, MOST_PLACES).map(({ file, line }) => `${file}:${line}`);
  const more = uncovered.length > shown.length ? [`${figure(uncovered.length - shown.length)} more`] : [];
  const missing = uncovered.length > 0 ? `; not ${[...shown, ...more].join(', ')}` : '';
  const text = `${name}: ${figure(hit)} of ${figure(of)}${missing}`;
  return hanging('  branches', plain(text), TEXT_COLUMN, width, (part) => chalk.dim(part));
}

function summary(result: ReplayResult, exitCode: number, screen: Screen): string[] {
  const { counts, histories, unreadable, ms, stoppedBy } = result;
  const said = ORDER.flatMap((status) => (counts[status] === 0 ? [] : [`${figure(counts[status])} ${status}`]));
  if (unreadable.count > 0) said.push(`${figure(unreadable.count)} unreadable`);
  const text = [
    `${count(histories, 'history')}: ${said.join(', ') || 'nothing was replayed'}`,
    ...(stoppedBy === 'interrupted' ? ['interrupted'] : []),
    duration(ms),
    `exit ${exitCode}`,
  ].join(' · ');
  return flow([text], screen.width).map((line) => screen.chalk.bold(line));
}

function seenIn(number: number): string {
  return `(${count(number, 'history')})`;
}
