import { firstDifference } from './codec.js';
import type { CrashwiseError } from './crashwise-error.js';
import { engineError } from './errors.js';
import type { Command, Json } from './history.js';

/** A recorded option or duration that the code has changed since: the recorded one stays in force. */
export interface Drift {
  /** The decision, from 1. */
  readonly decision: number;
  /** Path within the command, for example `options.startToCloseTimeoutMs`. */
  readonly path: string;
  readonly recorded: Command;
  readonly current: Command;
}

/** The details of a `non-determinism` error: what the history holds and what the code wants now. */
export type Divergence = {
  readonly decision: number;
  /** Position of the command within the decision, from 1. */
  readonly command: number;
  readonly difference: string;
  readonly expected: Command | null;
  readonly actual: Command | null;
  /** The user's line that asked for the actual command, or was the last to ask for anything. */
  readonly location: string;
  readonly expectedAll: readonly Command[];
  readonly actualAll: readonly Command[];
};

/**
 * The commands of one decision, compared whole with the recorded ones as they come: kind, name, arguments, order and
 * result. Options and durations may drift, unless `strict`.
 */
export class Comparison {
  readonly commands: Command[] = [];
  readonly drift: Drift[] = [];
  readonly #recorded: readonly Command[] | undefined;
  readonly #decision: number;
  readonly #strict: boolean;
  readonly #who: string;
  /** Recorded commands that the code has not asked for yet. */
  readonly #left: Command[];

  constructor(who: string, decision: number, recorded: readonly Command[] | undefined, strict: boolean) {
    this.#who = who;
    this.#decision = decision;
    this.#recorded = recorded;
    this.#left = [...(recorded ?? [])];
    this.#strict = strict;
  }

  /** False while the decision is a new one. */
  get replaying(): boolean {
    return this.#recorded !== undefined;
  }

  /** The next recorded command; markers of patches that the code has deprecated and then dropped are passed over. */
  next(patchId?: string): Command | undefined {
    return this.#left[this.#indexOfNext(patchId)];
  }

  /** Takes a command of the code; returns the error if the history holds another one. */
  take(command: Command, locate: () => string): CrashwiseError | undefined {
    this.commands.push(command);
    if (!this.replaying) return undefined;
    const index = this.#indexOfNext(command.kind === 'patch' ? command.id : undefined);
    const [recorded] = index < 0 ? [] : this.#left.splice(index, 1);
    if (recorded === undefined) return this.#diverged(recorded, command, 'kind', locate());
    const drifted = firstDifference(recorded, command, '');
    if (drifted === undefined) return undefined;
    const path = firstDifference(essence(recorded), essence(command), '');
    if (path !== undefined) return this.#diverged(recorded, command, path, locate());
    if (this.#strict) return this.#diverged(recorded, command, drifted, locate());
    this.drift.push({ decision: this.#decision, path: drifted, recorded, current: command });
    return undefined;
  }

  /** At the end of the decision: the error if the history holds a command that the code did not ask for. */
  missing(location: string): CrashwiseError | undefined {
    const next = this.next();
    return next && this.#diverged(next, undefined, 'kind', location);
  }

  // A deprecated marker stays where it is until it is asked for, in whatever order the code now asks.
  #indexOfNext(patchId: string | undefined): number {
    return this.#left.findIndex((one) => one.kind !== 'patch' || !one.deprecated || one.id === patchId);
  }

  #diverged(
    expected: Command | undefined,
    actual: Command | undefined,
    difference: string,
    location: string,
  ): CrashwiseError {
    const position = this.commands.length + (actual === undefined ? 1 : 0);
    const details: Divergence = {
      decision: this.#decision,
      command: position,
      difference,
      expected: expected ?? null,
      actual: actual ?? null,
      location,
      expectedAll: this.#recorded ?? [],
      actualAll: [...this.commands],
    };
    const message = [
      `${this.#who} decides otherwise than its history${location === '' ? '' : `, at ${location}`}.`,
      `Decision ${this.#decision}, command ${position}, differs in ${difference}:`,
      `  recorded  ${commandText(expected)}`,
      `  now       ${commandText(actual)}`,
    ].join('\n');
    return engineError('non-determinism', message, { details });
  }
}

// Everything but what may drift.
function essence(command: Command): object {
  return { ...command, options: null, durationMs: null };
}

/** One command on one line, for people. */
export function commandText(command: Command | undefined): string {
  if (command === undefined) return '(nothing)';
  const { kind, ...rest } = command;
  switch (command.kind) {
    case 'activity':
      return `activity ${command.name}(${command.args.map((arg) => JSON.stringify(arg satisfies Json)).join(', ')})`;
    case 'timer':
      return `timer ${command.durationMs} ms`;
    case 'patch':
      return `patch ${JSON.stringify(command.id)}${command.deprecated ? ' (deprecated)' : ''}`;
    default:
      return `${kind} ${JSON.stringify(Object.values(rest)[0] ?? null)}`;
  }
}
