import type { SimulationViolation } from '../../results/index.js';
import type { Screen } from './screen.js';
import { plain, wrap } from './wrap.js';

type Place = NonNullable<SimulationViolation['location']>;

/** Where it bites: file and line, and the line between its neighbours if the source can be read. */
export function placeLines({ file, line }: Place, again: boolean, screen: Screen): string[] {
  const note = again ? ' (shown above)' : '';
  const head = wrap(`${file}:${line}${note}`, screen.width - 2).map((text) => `  ${screen.chalk.cyan(text)}`);
  return again ? head : [...head, ...frameLines(file, line, screen)];
}

function frameLines(file: string, line: number, screen: Screen): string[] {
  const source = screen.readSource(file)?.split(/\r?\n/) ?? [];
  if (line > source.length) return []; // The file has changed since.
  const from = Math.max(1, line - 1);
  const shown = outdented(source.slice(from - 1, line + 1).map((text) => plain(text.replaceAll('\t', '  '))));
  const digits = String(from + shown.length - 1).length;
  return shown.map((text, index) => {
    const number = from + index;
    const gutter = `  ${number === line ? '>' : ' '} ${String(number).padStart(digits)} |`;
    const room = screen.width - gutter.length - 1;
    const code = text.length > room ? `${text.slice(0, room - 1)}…` : text;
    const rest = code === '' ? '' : ` ${code}`;
    return number === line ? screen.chalk.red(gutter) + rest : screen.chalk.dim(gutter + rest);
  });
}

function outdented(lines: readonly string[]): string[] {
  const indents = lines.filter((text) => text.trim() !== '').map((text) => text.search(/\S/));
  return lines.map((text) => text.slice(Math.min(...indents, Infinity)).trimEnd());
}
