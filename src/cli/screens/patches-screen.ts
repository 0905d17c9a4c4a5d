import { TEXT_COLUMN, type Screen } from '../../report/terminal/screen.js';
import { count, duration, figure } from '../../report/terminal/words.js';
import { flow, hanging, plain } from '../../report/terminal/wrap.js';
import type { PatchesResult, PatchReport } from '../../results/index.js';
import { unreadableLines } from './unreadable-lines.js';

/** The result of `patches`: each patch with what may be done about it, and why. */
export function patchesScreen(result: PatchesResult, exitCode: number, screen: Screen): string {
  const { patches, unreadable } = result;
  const none = patches.length > 0 ? [] : ['No patch: no call in the code, and no marker in the histories.'];
  const blocks = [
    ...patches.map((patch) => patchLines(patch, screen)),
    none,
    unreadableLines(unreadable, screen),
    summary(result, exitCode, screen),
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function patchLines(patch: PatchReport, screen: Screen): string[] {
  const { id, verdict, reason, sites, seen, absentThoughReached: absent, notReached, unclear, oldest, rule } = patch;
  const { chalk, width } = screen;
  const paint = {
    delete: chalk.green.bold,
    deprecate: chalk.green.bold,
    keep: chalk.red.bold,
    unknown: chalk.yellow.bold,
  };
  const field = (name: string, text: string): string[] => {
    return hanging(`  ${name}`, plain(text), TEXT_COLUMN, width, (part) => chalk.dim(part));
  };
  const both = ({ open, closed }: PatchReport['unclear']): string => `${figure(open)} open, ${figure(closed)} closed`;
  const any = ({ open, closed }: PatchReport['unclear']): boolean => open + closed > 0;
  const marked = (['open', 'closed'] as const).map((way) => {
    const { patched, deprecatePatch } = seen[way];
    const own = deprecatePatch > 0 ? ` (${figure(deprecatePatch)} by deprecatePatch)` : '';
    return `${figure(patched + deprecatePatch)} ${way}${own}`;
  });
  return [
    ...hanging(verdict.toUpperCase(), plain(`${id}: ${reason}`), verdict.length + 2, width, paint[verdict]),
    ...field('calls', sites.map(({ file, line, call }) => `${call} ${file}:${line}`).join(', ') || 'none'),
    ...field('marker', marked.join(', ')),
    ...field('old way', both(absent)),
    ...field('short of', both(notReached)),
    ...(any(unclear) ? field('unclear', both(unclear)) : []),
    ...(oldest
      ? field('oldest', `${oldest.id}, ${new Date(oldest.startedAt).toISOString()}, ${oldest.open ? 'open' : 'closed'}`)
      : []),
    ...field('rule', `${rule}, in docs/guides/versions.md`),
  ];
}

function summary({ histories, leftOut, patches, ms }: PatchesResult, exitCode: number, screen: Screen): string[] {
  const text = [
    `${count(patches.length, 'patch')} in ${count(histories.open + histories.closed, 'history')}, ${figure(histories.open)} of them open`,
    ...(leftOut > 0 ? [`${figure(leftOut)} left out`] : []),
    duration(ms),
    `exit ${exitCode}`,
  ].join(' · ');
  return flow([text], screen.width).map((line) => screen.chalk.bold(line));
}
