import { commandText, type Command, type CrashwiseError, type Divergence } from '../../engine/index.js';
import { placeLines } from '../../report/terminal/frame.js';
import type { Screen } from '../../report/terminal/screen.js';
import { plain } from '../../report/terminal/wrap.js';
import { shownPath } from '../../loader/shown-path.js';

/** The details of an error, or of a recorded problem, if it is a divergence. */
export function divergenceOf(error: Pick<CrashwiseError, 'code' | 'details'>): Divergence | undefined {
  const details = error.details as Partial<Divergence> | null | undefined;
  const known = error.code === 'non-determinism' && Array.isArray(details?.expectedAll);
  return known ? (details as Divergence) : undefined;
}

/** The recorded commands of the decision beside those of today's code, and the user's line. */
export function divergenceLines(divergence: Divergence, screen: Screen): string[] {
  const { decision, difference, location } = divergence;
  const rows = aligned(divergence);
  const digits = String(rows.length).length;
  const half = Math.floor((screen.width - digits - 9) / 2);
  const cell = (text: string): string => (text.length > half ? `${text.slice(0, half - 1)}…` : text.padEnd(half));
  const margin = ' '.repeat(digits + 4);
  const table = rows.map(({ recorded, now, marked }, index) => {
    const line = `  ${String(index + 1).padStart(digits)}  ${cell(recorded)} ${marked ? '≠' : ' '} ${cell(now)}`;
    return marked ? screen.chalk.red(line.trimEnd()) : line.trimEnd();
  });
  const [, file, line] = /^(.*?):(\d+)(?::\d+)?$/.exec(location) ?? [];
  const frame =
    file === undefined ? [] : ['', ...placeLines({ file: shownPath(file), line: Number(line) }, false, screen)];
  return [
    `      Decision ${decision} differs in ${difference === 'kind' ? 'what it asks for' : difference}.`,
    ...frame,
    '',
    screen.chalk.dim(`${margin}${'recorded'.padEnd(half)}   now`),
    ...table,
    '',
  ];
}

interface Row {
  readonly recorded: string;
  readonly now: string;
  readonly marked: boolean;
}

// The code goes no further than its first difference; a recorded marker of a dropped patch has nothing beside it.
function aligned({ command, actual, expectedAll, actualAll }: Divergence): readonly Row[] {
  const today = [...actualAll];
  const last = actual ? today.pop() : undefined;
  const same = Array.from({ length: command - 1 }, (_, index): Row => {
    const recorded = expectedAll[index];
    const passedOver = recorded?.kind === 'patch' && recorded.deprecated && today[0]?.kind !== 'patch';
    return { recorded: wordsOf(recorded), now: passedOver ? '' : wordsOf(today.shift()), marked: false };
  });
  const different = { recorded: wordsOf(expectedAll[command - 1]), now: wordsOf(last), marked: true };
  const rest = expectedAll.slice(command).map((recorded) => ({ recorded: wordsOf(recorded), now: '', marked: false }));
  return [...same, different, ...rest];
}

function wordsOf(command: Command | undefined): string {
  return plain(commandText(command));
}
