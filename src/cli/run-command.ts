import type { ExitCode } from '../results/exit-codes.js';
import type { InputOf } from './command-table.js';
import type { Output } from './output.js';
import type { TABLES } from './tables/index.js';

type Table = (typeof TABLES)[number];
type Action<T extends Table> = (input: InputOf<T>, output: Output) => Promise<ExitCode>;

// Loaded when it is run: help and version load no engine.
const ACTIONS: { readonly [T in Table as T['name']]: () => Promise<Action<T>> } = {
  '': async () => (await import('./commands/look-round.js')).lookRoundCommand,
  init: async () => (await import('./commands/init.js')).initCommand,
  simulate: async () => (await import('./commands/simulate.js')).simulateCommand,
  fuzz: async () => (await import('./commands/fuzz.js')).fuzzCommand,
  replay: async () => (await import('./commands/replay.js')).replayCommand,
  patches: async () => (await import('./commands/patches.js')).patchesCommand,
  'engine run': async () => (await import('./commands/engine/run.js')).runCommand,
  'engine start': async () => (await import('./commands/engine/start.js')).startCommand,
  'engine signal': async () => (await import('./commands/engine/signal.js')).signalCommand,
  'engine query': async () => (await import('./commands/engine/query.js')).queryCommand,
  'engine list': async () => (await import('./commands/engine/list.js')).listCommand,
  'engine show': async () => (await import('./commands/engine/show.js')).showCommand,
  'engine export': async () => (await import('./commands/engine/export.js')).exportCommand,
};

/** Runs the command of a table. The input was made by the parser from that table, so that it fits. */
export async function runCommand(
  table: Table,
  input: Readonly<Record<string, unknown>>,
  output: Output,
): Promise<ExitCode> {
  const action = await ACTIONS[table.name]();
  return (action as (input: unknown, output: Output) => Promise<ExitCode>)(input, output);
}
