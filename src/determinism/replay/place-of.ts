import { shownPath } from '../../loader/shown-path.js';

/** `file:line:column` as a result names a place; undefined for ''. */
export function placeOf(location: string): { readonly file: string; readonly line: number } | undefined {
  const [, file, line] = /^(.*?):(\d+)(?::\d+)?$/.exec(location) ?? [];
  return file === undefined ? undefined : { file: shownPath(file), line: Number(line) };
}

/** A message with its paths as seen from this directory. */
export function near(message: string): string {
  return message.replaceAll(`${process.cwd()}/`, '');
}
