import type { SimulationRun } from '../../results/index.js';

/** So many calls are named; the result has them all. */
const NAMED = 3;

/** What showed that something goes on past the boundaries, and the calls that may be why; begins with a blank. */
export function unseenText({ unseen }: SimulationRun): string {
  if (!unseen) return '';
  const { text, location, calls } = unseen;
  const named = calls.slice(0, NAMED).map((one) => `${placeOf(one.location)} calls ${one.call}`);
  const more = calls.length > NAMED ? [`${calls.length - NAMED} more`] : [];
  const list = [...named, ...more].join(', ').replace(/, ([^,]*)$/, ' and $1');
  return [
    ...(text === undefined ? [] : [text.endsWith('.') ? text : `${text}.`]),
    ...(location ? [`They part at ${placeOf(location)}.`] : []),
    ...(calls.length === 0 ? [] : [`${list}, which the simulation does not see.`]),
  ]
    .map((sentence) => ` ${sentence}`)
    .join('');
}

function placeOf({ file, line }: { readonly file: string; readonly line: number }): string {
  return `${file}:${line}`;
}
