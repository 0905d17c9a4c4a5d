import type { SimulationRun } from '../../results/index.js';
import type { Screen } from './screen.js';
import { count } from './words.js';
import { hanging, WHOLE } from './wrap.js';

const LONGEST_LABEL = 18;

/** What the scenario does, what was really run, and against what. */
export function headerLines(runs: readonly SimulationRun[], screen: Screen): string[] {
  const { scenario, title } = runs[0]!;
  const indent = Math.min(Math.max(scenario.length, 'against'.length), LONGEST_LABEL) + 2;
  const line = (label: string, text: string): string[] => hanging(label, text, indent, screen.width, screen.chalk.bold);
  const against = runs.map(againstOf);
  const alike = against.every((text) => text === against[0]);
  return [
    ...line(scenario, title),
    ...runs.flatMap((run, index) => line(index === 0 ? 'ran' : '', `${run.pattern}: ${subjectOf(run)}`)),
    ...(alike ? against.slice(0, 1) : runs.map(({ pattern }, index) => `${pattern}: ${against[index]}`)).flatMap(
      (text, index) => line(index === 0 ? 'against' : '', text),
    ),
  ];
}

// A model never passes for the real thing, whatever its title says. One colon to a line is enough.
function subjectOf({ subject, patternTitle }: SimulationRun): string {
  const title = patternTitle.replace(': ', ', ');
  return subject !== 'model' || /\bmodel\b/.test(title) ? title : `a model, ${title}`;
}

export function againstOf({ certificate, stoppedBy, violations, runs }: SimulationRun): string {
  const { crashes, faults, maxOtherFaults, inputs } = certificate;
  const others = faults.filter((fault) => fault !== 'crash');
  const one = ['one schedule', ...violations.slice(0, 1).map(({ schedule }) => schedule)].join(', ');
  const all = `crashes at every point, ${crashes === 'unbounded' ? 'any number' : 'a bounded number'} of them`;
  return [
    stoppedBy === 'schedule'
      ? one
      : stoppedBy === 'unsteady'
        ? 'the same life, run twice'
        : runs === undefined
          ? all
          : `${count(runs, 'run')} at random, with crashes at any point`,
    others.length === 0 ? 'no other fault' : `${others.join(', ')}, at most ${maxOtherFaults}`,
    count(inputs, 'input').replace(' ', WHOLE), // Not a figure alone at the end of a line.
  ].join(' · ');
}
