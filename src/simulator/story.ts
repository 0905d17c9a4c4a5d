import type { StoryStep } from '../results/index.js';
import type { Moment } from './life.js';
import { alwaysBreaks } from './oracle/outcome.js';
import type { Breach } from './oracle/breach.js';
import type { Replay } from './replay-schedule.js';
import type { World } from './world.js';

/** What happened, told in order, and the step from which no way on leads to a good end. */
export async function tellStory(
  world: World,
  replay: Replay,
  breach: Breach,
): Promise<{ steps: StoryStep[]; pointOfNoReturn: number | undefined }> {
  const steps: StoryStep[] = [];
  const add = (life: number, moment: Moment, kind: StoryStep['kind'], text: string): void => {
    steps.push({ n: steps.length + 1, life, site: moment.point.site, phase: moment.point.phase, kind, text });
  };
  let pointOfNoReturn: number | undefined;
  for (const [index, { moments, crash, end }] of replay.lives.entries()) {
    for (const moment of moments) {
      for (const text of toldOf(moment, breach)) add(index + 1, moment, 'step', text);
      const broken = replay.breaches.find((found) => found.breach.property === breach.property);
      if (index === replay.lives.length - 1 && broken?.moment === moment) {
        return { steps, pointOfNoReturn: pointOfNoReturn ?? steps.length };
      }
    }
    if (crash) {
      const told = steps.slice(-2).some(({ text }) => text === crash.site.text);
      add(index + 1, crash, 'crash', `life ${index + 1} dies ${whereItDies(crash, told)}`);
      if (pointOfNoReturn === undefined && (await alwaysBreaks(world, end, breach.property)))
        pointOfNoReturn = steps.length;
    } else {
      add(index + 1, moments.at(-1)!, 'rest', `everything rests, and ${world.pattern.where(end)}`);
    }
  }
  return { steps, pointOfNoReturn: pointOfNoReturn ?? steps.length };
}

// A story about one effect tells of that effect, of what the roles do, and of what is written down; not of the others.
function toldOf({ site, text }: Moment, breach: Breach): string[] {
  if (text === '') return [];
  const about = site.kind !== 'effect' || breach.effect === undefined || breach.effect === site.name;
  return about ? text.split('\n') : [];
}

function whereItDies({ site, point }: Moment, told: boolean): string {
  const what = site.text === '' ? site.name : site.text;
  switch (point.phase) {
    case 'before':
      return told ? 'before it gets to it' : `before it gets to this: ${what}`;
    case 'in-flight':
      return told ? 'while it waits for the answer' : `while it waits for the answer to this: ${what}`;
    case 'landed':
      return told ? 'before it hears that this is done' : `before it hears that this is done: ${what}`;
    case 'acknowledged':
      return told ? 'right after that' : `right after this: ${what}`;
  }
}
