import { sep } from 'node:path';
import { shownPath } from '../loader/shown-path.js';

/** What a user handed over stands as JSON in a message, so that a text of it is within quotes. */
const QUOTED = String.raw`"(?:[^"\\\n]|\\.)*"`;
/** `/shop/order.ts` of `at /shop/order.ts:12:3`. */
const PLACE = String.raw`(?<=^|[\s(])(?:/|[A-Z]:\\)[^\s:()]+(?=:\d+)`;

/** A message of crashwise with its paths as seen from this directory. What the user handed over is left as it is. */
export function nearPaths(message: string): string {
  const here = `${process.cwd()}${sep}`;
  const inHere = here.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
  return message.replaceAll(new RegExp(`${QUOTED}|(?<![^\\s('])${inHere}|${PLACE}`, 'gm'), (found) => {
    if (found.startsWith('"')) return found;
    return found === here ? '' : shownPath(found);
  });
}
