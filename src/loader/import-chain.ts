import { shownPath } from './shown-path.js';
import { isOwn, stackPlaces } from './user-place.js';

/** What a failed import threw, and the files from the entry to the place, read off the stack. */
export function importChain(error: unknown, entry: string): { what: string; chain: readonly string[] } {
  if (!(error instanceof Error)) return { what: `It threw ${String(error)}.`, chain: [shownPath(entry)] };
  // jiti puts the place of a syntax error on the second line of the message; Node its own require stack.
  const [first = '', second = ''] = error.message.split('\n').map((line) => line.trim());
  const [, file, line = ''] = /^(\/.*?|[A-Z]:\\.*?):(\d+):\d+$/.exec(second) ?? [];
  const stack = stackPlaces(error)
    .filter((place) => !isOwn(place))
    .toReversed();
  // What comes before the entry is the command line's own way to it.
  const from = stack.findIndex((place) => place.file === entry);
  const places = [
    { file: entry, line: '' },
    ...(from < 0 ? [] : stack.slice(from)),
    ...(file === undefined ? [] : [{ file, line }]),
  ];
  // Of several frames of one file the last says where it went on to the next.
  const chain = places
    .filter((place, index) => places[index + 1]?.file !== place.file)
    .map((place) => `${shownPath(place.file)}${place.line && `:${place.line}`}`);
  const cause = error.cause instanceof Error ? ` (${error.cause.message})` : '';
  const name = error.name === 'Error' || first.startsWith('ParseError') ? '' : `${error.name}: `;
  return { what: `${name}${first}${cause}`, chain };
}
