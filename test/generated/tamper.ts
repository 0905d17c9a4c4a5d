import type { Command, History, Json } from '../../src/engine/index.js';
import { hash } from './behaviour.js';

type Change = { readonly what: string; readonly commands: readonly Command[] };

/** A history that differs from this one in one recorded command: no replay may accept it. */
export function tampered(history: History, seed: number): { what: string; history: History } {
  const decisions = history.filter((event) => event.type === 'decided');
  const decided = decisions[hash(seed, 'decision') % decisions.length]!;
  const changes = [...changesOf(decided.commands)];
  const { what, commands } = changes[hash(seed, 'change') % changes.length]!;
  const index = history.indexOf(decided);
  return { what: `${what} at ${index}`, history: history.with(index, { ...decided, commands }) };
}

function* changesOf(commands: readonly Command[]): Generator<Change> {
  yield { what: 'one command more', commands: [...commands, { kind: 'timer', seq: 1_000, durationMs: 1 }] };
  for (const [index, command] of commands.entries()) {
    const changed = (what: string, to: Command): Change => ({ what, commands: commands.with(index, to) });
    if (command.kind === 'patch') continue; // Without its marker, the old code may well do the same.
    yield { what: 'one command less', commands: commands.toSpliced(index, 1) };
    if (command.kind === 'activity') {
      yield changed('another activity', { ...command, name: 'other' });
      yield changed('another argument', { ...command, args: [command.args[0] ?? null, { value: -1, list: [] }] });
      yield changed('an argument less', { ...command, args: command.args.slice(0, 1) });
    } else if (command.kind === 'complete') {
      yield changed('another result', { kind: 'complete', result: { log: [], last: -1 } satisfies Json });
    } else if (command.kind === 'fail') {
      yield changed('another failure', { kind: 'fail', failure: { ...command.failure, message: 'another' } });
    }
  }
}
