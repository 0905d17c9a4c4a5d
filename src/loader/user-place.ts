import { isAbsolute, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PACKAGE_ROOT } from './package-root.js';
import { shownPath } from './shown-path.js';

export interface StackPlace {
  readonly file: string;
  readonly line: string;
}

const FRAME = /^ +at (?:.*? \()?(?:async )?((?:file:\/\/)?\/.*?|[A-Z]:\\.*?):(\d+):\d+\)?$/gm;

/** The files of a stack, innermost first, without Node's own and the loader's. */
export function stackPlaces(error: Error): readonly StackPlace[] {
  return [...String(error.stack).matchAll(FRAME)]
    .map(([, file = '', line = '']) => ({ file: file.startsWith('file://') ? fileURLToPath(file) : file, line }))
    .filter(({ file }) => !file.includes(`${sep}node_modules${sep}jiti${sep}`));
}

export function isOwn({ file }: Pick<StackPlace, 'file'>): boolean {
  return ['dist', 'bin', 'src'].some((folder) => file.startsWith(`${PACKAGE_ROOT}${folder}${sep}`));
}

function isShipped({ file }: Pick<StackPlace, 'file'>): boolean {
  return file.startsWith(`${PACKAGE_ROOT}scenarios${sep}`);
}

/** Whether a file is neither of Node, nor of crashwise, nor of a library. */
export function isUsers(file: string): boolean {
  if (!isAbsolute(file) || isOwn({ file })) return false;
  return isShipped({ file }) || !file.includes(`${sep}node_modules${sep}`);
}

/** `file:line` of what called into nothing but libraries, if that is not crashwise: the user's code threw. */
export function userPlace(error: unknown): string | undefined {
  const places = error instanceof Error ? stackPlaces(error) : [];
  const place = places.find((one) => isOwn(one) || isShipped(one) || !one.file.includes(`${sep}node_modules${sep}`));
  return place === undefined || isOwn(place) ? undefined : `${shownPath(place.file)}:${place.line}`;
}
