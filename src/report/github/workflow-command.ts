import { printable } from '../printable.js';

/** Where an annotation stands, and its heading. */
export interface Properties {
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  readonly title: string;
}

/** One line that GitHub Actions reads as a command: `::error file=a.ts,line=3,title=b::message`. */
export function workflowCommand(name: 'error' | 'warning', properties: Properties, message: string): string {
  const shown = Object.entries(properties).flatMap(([key, value]: [string, string | number | undefined]) =>
    value === undefined ? [] : [`${key}=${property(String(value))}`],
  );
  return `::${name} ${shown.join(',')}::${data(message)}`;
}

// The escapes that the runner takes back, and no others.
function data(text: string): string {
  return printable(text).replaceAll('%', '%25').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
