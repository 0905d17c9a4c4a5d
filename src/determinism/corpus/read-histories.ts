import { CrashwiseError } from '../../engine/crashwise-error.js';
import { shownPath } from '../../loader/shown-path.js';
import { corpusError } from './errors.js';
import { historyFiles } from './history-files.js';
import { historyTexts } from './history-texts.js';
import { parseHistory, type ParsedHistory } from './parse-history.js';

/** One history, or what stands in its place, and where. */
export type ReadHistory = {
  /** Counts them from 1, in the order of reading. */
  readonly n: number;
  readonly file: string;
  readonly line: number | null;
} & (ParsedHistory | { readonly kind: 'unreadable'; readonly error: CrashwiseError });

/**
 * The histories of files and folders one by one, however many there are. What cannot be read is told in its place, and
 * the others follow. The first `skip` are passed over without a look into them.
 */
export async function* readHistories(paths: readonly string[], skip = 0): AsyncGenerator<ReadHistory> {
  let n = 0;
  for (const path of paths) {
    let files: readonly string[] = [];
    try {
      files = historyFiles(path);
    } catch (error) {
      if ((n += 1) > skip) yield unreadable(path, error);
    }
    for (const file of files) {
      const shown = shownPath(file);
      try {
        for await (const { text, line } of historyTexts(file)) {
          if ((n += 1) > skip) yield { n, file: shown, line, ...parsedOrError(text) };
        }
      } catch (error) {
        if ((n += 1) > skip) yield unreadable(file, error);
      }
    }
  }

  function unreadable(path: string, error: unknown): ReadHistory {
    return { n, file: shownPath(path), line: null, kind: 'unreadable', error: asKnown(error) };
  }
}

function parsedOrError(text: string): ParsedHistory | { readonly kind: 'unreadable'; readonly error: CrashwiseError } {
  try {
    return parseHistory(text);
  } catch (error) {
    return { kind: 'unreadable', error: asKnown(error) };
  }
}

function asKnown(error: unknown): CrashwiseError {
  if (CrashwiseError.is(error)) return error;
  return corpusError('history-unreadable', `${(error as Error).message}.`, { cause: error });
}
