import type { SimulationRun } from '../../results/index.js';
import { allowedLines } from './allowed.js';
import { TEXT_COLUMN, type Screen } from './screen.js';
import { storyLines } from './story.js';
import { verdictPaint } from './verdict-paint.js';
import { unseenText } from './unseen-text.js';
import { count } from './words.js';
import { hanging } from './wrap.js';

const SMALLER = 'make the scenario smaller: fewer steps, and fewer that run side by side.';

/** Neither proved nor violated: what stopped the search, what it left, what to do. Never to be read as a pass. */
export function inconclusiveLines(run: SimulationRun, screen: Screen): string[] {
  const said =
    run.stoppedBy === 'schedule'
      ? 'this one schedule breaks nothing. That proves nothing about any other.'
      : `neither proved nor violated. ${stopOf(run)} That nothing broken was found so far proves nothing.`;
  const story = run.story
    ? ['', ...storyLines({ story: run.story }, [], screen), '', ...allowedLines(run, screen)]
    : [];
  return [...unfinishedLines('INCONCLUSIVE', `${run.pattern}: ${said}`, run, screen), ...story];
}

/** Below the violations of a run that was stopped: there may be more of them. */
export function incompleteLines(run: SimulationRun, screen: Screen): string[] {
  const said = `${run.pattern}: more may be broken than is told here. ${stopOf(run)}`;
  return unfinishedLines('INCOMPLETE', said, run, screen);
}

/** Whether the violations of a run may not be all. A re-run of one schedule never claims to have looked for more. */
export function isIncomplete({ verdict, stoppedBy }: SimulationRun): boolean {
  return verdict === 'violated' && stoppedBy !== 'closed' && stoppedBy !== 'schedule';
}

function unfinishedLines(label: string, said: string, run: SimulationRun, { chalk, width, ...rest }: Screen): string[] {
  const paint = verdictPaint('inconclusive', { chalk, width, ...rest });
  const field = (name: string, text: string): string[] => hanging(`  ${name}`, text, TEXT_COLUMN, width, chalk.dim);
  return [
    ...hanging(label, said, 'VIOLATED'.length + 2, width, paint),
    ...(run.frontier ? field('left', leftOf(run.frontier)) : []),
    ...field('to do', adviceOf(run)),
  ];
}

function leftOf({ states, depth }: NonNullable<SimulationRun['frontier']>): string {
  const verb = states === 1 ? 'was' : 'were';
  return `${count(states, 'state')} ${verb} found and not followed; the deepest is ${count(depth, 'crash')} away.`;
}

/** Why the search ended where it did. */
export function stopOf(run: SimulationRun): string {
  const { stoppedBy, states, runs, certificate } = run;
  switch (stoppedBy) {
    case 'states':
      return `The search reached its limit of states, with ${count(states, 'state')} found.`;
    case 'runs':
      return `The search made its ${count(runs ?? 0, 'run')} at random, from ${count(states, 'state')}.`;
    case 'time':
      return `The time ran out, with ${count(states, 'state')} found.`;
    case 'interrupted':
      return `It was interrupted, with ${count(states, 'state')} found.`;
    case 'endless-life':
      return `One life of the worker did not come to rest: it goes on and on without a crash.`;
    case 'outside-work':
      return `Something goes on past the boundaries: a timer, a socket or a file of this machine.${unseenText(run)}`;
    case 'unsteady':
      return `Nothing is said of it, as it is no function of what it is given.${unseenText(run)}`;
    case 'projection':
      return (
        'States that the key takes for one were run twice, and that did not bear it out: ' +
        `${certificate.projections.map(({ checked }) => checked).join(', ')} were alike.`
      );
    case 'schedule':
      return 'Only one schedule was run.';
    case 'closed':
      return 'The search was closed.';
  }
}

/** What to do about it. */
export function adviceOf({ stoppedBy, states, runs, unseen }: SimulationRun): string {
  switch (stoppedBy) {
    case 'states':
      return `allow more with --budget ${10 ** Math.ceil(Math.log10(2 * states))}states, or ${SMALLER}`;
    case 'runs':
      return `search on with --seed random or more runs: --budget ${10 * (runs ?? 1)}runs; without --budget, every schedule is searched.`;
    case 'time':
      return `allow more time with --budget, or ${SMALLER}`;
    case 'interrupted':
      return 'let it run to its end.';
    case 'endless-life':
      return 'look for a loop that asks again and again without waiting, or whose state grows with each round.';
    case 'outside-work':
      return 'let all waiting and all I/O go through what the scenario is given.';
    case 'unsteady':
      return unseen?.calls.length === 0
        ? 'look for what outlives a life: a variable of a package or of a service, globalThis, a module that is shared.'
        : 'take ids and times from what the scenario is given, and keep what must survive in a service or a table.';
    case 'projection':
      return (
        'without a limit of time, run it again: not all pairs may have been reached. If it stops here again, what ' +
        'the pattern leaves out of the key does matter; see what the certificate says nothing about.'
      );
    case 'schedule':
    case 'closed':
      return 'leave out --schedule: then every schedule is searched.';
  }
}
