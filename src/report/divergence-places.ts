import type { FoundDivergence } from '../results/determinism.js';

/** The lines to blame, the first source's first; else where the replay differs, if that is known. Each is there once. */
export function divergencePlaces({ blame, location }: FoundDivergence): readonly { file: string; line: number }[] {
  const blamed = blame.filter(({ line }) => line > 0);
  const places = blamed.length > 0 ? blamed : location ? [location] : [];
  return places
    .filter(({ file, line }, at) => places.findIndex((one) => one.file === file && one.line === line) === at)
    .map(({ file, line }) => ({ file, line }));
}
