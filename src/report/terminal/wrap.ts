import type { Paint } from './screen.js';

/** Below this a text beside its label would be a column of single words. */
const NARROWEST = 16;

/** A space at which no line ends; printed as any other. */
export const WHOLE = '\u00a0';

/** Puts a text on lines no wider than `width`; the first line may have other room. A longer word is cut. */
export function wrap(text: string, width: number, first = width): string[] {
  const lines: string[] = [];
  let line = '';
  const room = (): number => (lines.length === 0 ? first : width);
  for (let word of plain(text).split(' ').filter(Boolean)) {
    if (line !== '' && line.length + 1 + word.length > room()) {
      lines.push(line);
      line = '';
    }
    if (line !== '') line += ' ';
    for (; line.length + word.length > room(); word = word.slice(lines.at(-1)!.length))
      lines.push(word.slice(0, room()));
    line += word;
  }
  const all = line === '' && lines.length > 0 ? lines : [...lines, line];
  return all.map((one) => one.replaceAll(WHOLE, ' '));
}

/** A label, and beside it a text that goes on below itself, from column `indent`. */
export function hanging(label: string, text: string, indent: number, width: number, paint: Paint = String): string[] {
  const start = label.length + 2 > indent ? label.length + 2 : indent;
  const margin = ' '.repeat(indent);
  if (width - start < NARROWEST) {
    const above = wrap(label, width - 2).map((line) => `  ${paint(line)}`);
    return [...above, ...wrap(text, width - indent).map((line) => margin + line)];
  }
  const gap = ' '.repeat(start - label.length);
  const lines = wrap(text, width - indent, width - start);
  return lines.map((line, index) => (index === 0 ? paint(label) + gap + line : margin + line).trimEnd());
}

/** Items that stay whole, as many on a line as fit. */
export function flow(items: readonly string[], width: number): string[] {
  const lines: string[] = [];
  for (const item of items) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 3 + item.length <= width) lines[lines.length - 1] = `${last}   ${item}`;
    else lines.push(...wrap(item, width));
  }
  return lines;
}

/** Without characters that would move the cursor or change the colour: scenarios and services write what they like. */
export function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ');
}
