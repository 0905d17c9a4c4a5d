import { shownPath } from '../loader/shown-path.js';

/** `file:line:column` as the result shows it; undefined for a text that is none. */
export function placeAt(location: string | undefined): { file: string; line: number } | undefined {
  const [, file, line] = /^(.*?):(\d+):\d+$/.exec(location ?? '') ?? [];
  return file === undefined ? undefined : { file: shownPath(file), line: Number(line) };
}
