import { CommanderError } from 'commander';
import { EXIT } from '../results/exit-codes.js';
import { flushed } from './flushed.js';
import { openOutput, type Output } from './output.js';
import { buildProgram } from './program.js';
import { runCommand } from './run-command.js';

/** The command line: parses, runs, prints, and returns the exit code. Ends the process only when it is interrupted. */
export async function main(argv: readonly string[]): Promise<number> {
  const output = openOutput(argv);
  // Until a command runs, no code of the user's does.
  let ended = (): void => {};
  endOnStrayErrors(output, () => ended());
  let code: number = EXIT.CLEAN;
  try {
    const program = buildProgram(async (table, input) => {
      const { watchForEarlyEnd } = await import('./ended-by-user-code.js');
      ended = watchForEarlyEnd(output);
      code = await runCommand(table, input, output);
    });
    await program.parseAsync(askedForHelp(argv), { from: 'user' });
  } catch (error) {
    // Help and version come as an error with exit code 0; help that was not asked for was printed on stderr.
    if (error instanceof CommanderError && error.exitCode === 0) return EXIT.CLEAN;
    if (error instanceof CommanderError && error.code === 'commander.help') return EXIT.USAGE;
    const { printError } = await import('./print-error.js');
    code = await printError(error, output);
  } finally {
    ended();
  }
  await flushed();
  leaveSoon();
  return code;
}

// `help engine run` is `engine run --help`: the parser's own `help` goes no further than the first name.
function askedForHelp(argv: readonly string[]): readonly string[] {
  const [first, ...names] = argv;
  return first === 'help' && names.length > 1 ? [...names, '--help'] : argv;
}

// What user code throws beside every promise ends the process, as it would without us, but not with the code of a
// finding.
function endOnStrayErrors(output: Output, ended: () => void): void {
  process.once('uncaughtException', (error) => {
    void (async () => {
      const { printError } = await import('./print-error.js');
      const code = await printError(error, output);
      await flushed();
      ended();
      process.exit(code);
    })();
  });
}

// A module of the user's may hold a connection or an interval open, which is no reason to stay. Unref'd: where nothing
// is open, the process has ended by itself before.
function leaveSoon(): void {
  setTimeout(() => process.exit(), 200).unref();
}
