import type { StoryStep } from '../results/index.js';
import type { Moment } from './moment.js';
import { alwaysBreaks } from './oracle/outcome.js';
import type { Breach } from './oracle/breach.js';
import type { Replay } from './replay-schedule.js';
import type { World } from './world.js';

/**
 * What happened, told in order, up to where the breach shows, and the step from which no way on leads to a good end.
 * Without a breach: the whole run.
 */
export async function tellStory(
  world: World,
  replay: Replay,
  breach?: Breach,
): Promise<{ steps: StoryStep[]; pointOfNoReturn: number | undefined }> {
  const steps: StoryStep[] = [];
  const add = (life: number, moment: Moment, kind: StoryStep['kind'], text: string): void => {
    steps.push({ n: steps.length + 1, life, site: moment.point.site, phase: moment.point.phase, kind, text });
  };
  const broken = replay.breaches.find((found) => found.breach.property === breach?.property);
  let pointOfNoReturn: number | undefined;
  let unknown = false; // Then a later step is not called the first one from which there is no way back.
  let before = 0; // Lives of the runs before.
  for (const [index, { moments, crash, end, circles }] of replay.lives.entries()) {
    const count = Math.max(...moments.map(({ life }) => life));
    for (const moment of moments) {
      const lines = moment.text === '' ? [] : moment.text.split('\n');
      for (const text of lines) add(before + moment.life, moment, isFault(moment, text) ? 'fault' : 'step', text);
      if (index === replay.lives.length - 1 && broken?.moment === moment) {
        return { steps, pointOfNoReturn: pointOfNoReturn ?? (unknown ? undefined : steps.length) };
      }
    }
    if (crash) {
      const told = steps.slice(-2).some(({ text }) => text === crash.site.text);
      const who = count === 1 ? `life ${before + 1} dies` : `lives ${before + 1} and ${before + 2} die`;
      add(before + crash.life, crash, 'crash', `${who} ${whereItDies(crash, told)}`);
      if (breach && pointOfNoReturn === undefined && !unknown) {
        const always = await alwaysBreaks(world, end, breach.property);
        if (always) pointOfNoReturn = steps.length;
        unknown = always === undefined;
      }
    } else {
      const how = circles ? 'and so on for ever:' : 'everything rests, and';
      add(before + count, moments.at(-1)!, 'rest', `${how} ${world.pattern.where(end)}`);
    }
    before += count;
  }
  return { steps, pointOfNoReturn: breach && (pointOfNoReturn ?? (unknown ? undefined : steps.length)) };
}

// What went wrong is told with the moment it went wrong with; what came of it is an ordinary step.
function isFault({ fault }: Moment, text: string): boolean {
  return fault !== undefined && text.startsWith(`${fault}: `);
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
