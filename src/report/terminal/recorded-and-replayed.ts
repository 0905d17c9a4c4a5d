import type { FoundDivergence } from '../../results/determinism.js';
import type { Screen } from './screen.js';
import { plain } from './wrap.js';

type Command = FoundDivergence['expected'];

/** The recorded commands of the decision that differs, beside those of the replay. */
export function commandsLines(found: FoundDivergence, { chalk, width }: Screen): string[] {
  const { at, command, expectedAll, actualAll } = found;
  const rows = Math.max(expectedAll.length, actualAll.length, command);
  const digits = String(rows).length;
  const half = Math.floor((width - digits - 9) / 2);
  const cell = (text: string): string => (text.length > half ? `${text.slice(0, half - 1)}…` : text.padEnd(half));
  const lines = Array.from({ length: rows }, (_, index) => {
    const [recorded, replayed] = [commandText(expectedAll[index]), commandText(actualAll[index])];
    const differs = index + 1 === command;
    // The code goes no further than its first difference.
    const now = index + 1 > command ? '' : replayed;
    const line =
      `  ${String(index + 1).padStart(digits)}  ${cell(recorded)} ${differs ? '≠' : ' '} ${cell(now)}`.trimEnd();
    return differs ? chalk.red(line) : line;
  });
  const head = `${' '.repeat(digits + 4)}${`recorded, decision ${at}`.padEnd(half)}   replayed`;
  return [chalk.dim(head), ...lines];
}

/** A command as its author would write it. */
export function commandText(command: Command | undefined): string {
  if (!command) return '(nothing)';
  const { kind, name, args, durationMs, id, result, failure } = command as Record<string, unknown>;
  const text = ((): string => {
    switch (kind) {
      case 'activity':
        return `${String(name)}(${(args as unknown[]).map((arg) => JSON.stringify(arg)).join(', ')})`;
      case 'timer':
        return `timer ${String(durationMs)} ms`;
      case 'patch':
        return `patch ${String(id)}`;
      case 'complete':
        return `finish ${JSON.stringify(result ?? null)}`;
      case 'fail':
        return `fail ${(failure as { name: string; message: string }).name}: ${(failure as { message: string }).message}`;
      default:
        return String(kind);
    }
  })();
  return plain(text);
}
