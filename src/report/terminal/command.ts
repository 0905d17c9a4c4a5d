import { TEXT_COLUMN, type Screen } from './screen.js';
import { plain } from './wrap.js';

/** A command beside its label, broken so that a shell takes what is copied from the screen as one command. */
export function commandLines(label: string, command: string, { chalk, width }: Screen): string[] {
  const inside = ' '.repeat(TEXT_COLUMN + 2);
  const most = width - 2; // Leaves room for a backslash.
  const parts = plain(command)
    .split(/ (?=--)/) // An option stays with its value where it can.
    .flatMap((part) => (inside.length + part.length > most ? part.split(' ') : [part]));
  const lines: string[] = [];
  let line = label.padEnd(TEXT_COLUMN);
  let begun = false;
  for (const part of parts) {
    if (begun && line.length + 1 + part.length > most) {
      lines.push(`${line} \\`);
      line = inside;
      begun = false;
    }
    line += begun ? ` ${part}` : part;
    begun = true;
    while (line.length > most) {
      // In the middle of a word a shell joins lines only if the next one begins at its very edge.
      lines.push(`${line.slice(0, most)}\\`);
      line = line.slice(most);
    }
  }
  return [...lines, line].map((text, at) => (at === 0 ? chalk.dim(label) + text.slice(label.length) : text));
}
