import type { ChalkInstance } from 'chalk';

/** What every part of a screen is drawn with. */
export interface Screen {
  readonly chalk: ChalkInstance;
  /** No line is wider. */
  readonly width: number;
  /** The text of a source file, or undefined where there is none to show. */
  readonly readSource: (file: string) => string | undefined;
  /** Where a page lies, as the reader finds it, or undefined where that is not known. */
  readonly pagePath: (page: string) => string | undefined;
}

/** Gives text a colour and leaves its characters alone: widths are counted before it is applied. */
export type Paint = (text: string) => string;

/** Where the text of a labelled line begins: `  again     npx ...`. */
export const TEXT_COLUMN = 12;

/** Long lines are hard to read even where they fit, and below 40 columns nothing can be laid out. */
export function widthFor(columns: number): number {
  return Math.max(40, Math.min(columns, 100));
}
