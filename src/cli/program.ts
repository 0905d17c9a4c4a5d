import { Argument, Command, Option } from 'commander';
import { flagOf, type CommandTable, type OptionRow } from './command-table.js';
import { packageVersion } from './package-version.js';
import { GROUPS, TABLES } from './tables/index.js';

type Table = (typeof TABLES)[number];
export type RunTable = (table: Table, input: Readonly<Record<string, unknown>>) => Promise<void>;

/** The parser, made from the tables. Prints help and version, throws `CommanderError` for the rest. */
export function buildProgram(run: RunTable): Command {
  const program = new Command('crashwise').version(packageVersion()).enablePositionalOptions().helpCommand(true);
  silence(program, 'crashwise');
  for (const table of TABLES) {
    const command = place(program, table.name.split(' '));
    fill(command, table);
    command.action(async () => {
      if (table.name === '' && command.args.length > 0) await refuse(command);
      await run(table, inputOf(command, table));
    });
  }
  return program;
}

// Errors are told by print-error, in the form that all errors have.
function silence(command: Command, path: string): void {
  command
    .configureOutput({ outputError: () => {} })
    // A usage beside every name would leave no room for what it does.
    .configureHelp({ subcommandTerm: (child) => child.name() })
    .exitOverride((error) => {
      throw Object.assign(error, { path });
    });
}

function place(parent: Command, path: readonly string[]): Command {
  const [name, ...rest] = path;
  if (name === undefined || name === '') return parent;
  let child = parent.commands.find((command) => command.name() === name);
  if (!child) {
    child = parent.command(name).enablePositionalOptions();
    silence(child, [...ancestors(parent), name].join(' '));
    const group = GROUPS.find((one) => one.name === name);
    if (rest.length > 0 && group) {
      child.description(group.summary).summary(group.summary).addHelpText('after', examplesOf(group).join('\n'));
    }
  }
  return place(child, rest);
}

function ancestors(command: Command): readonly string[] {
  return [...(command.parent ? ancestors(command.parent) : []), command.name()];
}

function fill(command: Command, table: CommandTable): void {
  command.summary(table.summary).description([table.summary, table.about ?? ''].join('\n').trim());
  // The root takes what follows for a command; which one is missing is told with a suggestion. Its commands would
  // inherit that.
  command.allowExcessArguments(table.name === '');
  for (const [name, row] of Object.entries(table.arguments)) {
    const shape = row.variadic ? `${name}...` : name;
    command.addArgument(new Argument(row.optional ? `[${shape}]` : `<${shape}>`, row.text));
  }
  for (const [name, row] of Object.entries(table.options)) command.addOption(optionOf(name, row));
  const { module } = table;
  const form = module ? ['', `The module: ${module.text}`, ...module.code.map((line) => `  ${line}`.trimEnd())] : [];
  const exits = table.exits ? ['', 'Exit codes:', ...table.exits.map((line) => `  ${line}`)] : [];
  command.addHelpText('after', [...form, ...examplesOf(table), ...exits].join('\n'));
}

function examplesOf({ examples }: Pick<CommandTable, 'examples'>): readonly string[] {
  return ['', 'Examples:', ...examples.map(({ command, text }) => `  $ ${command}\n      ${text}`)];
}

function optionOf(name: string, row: OptionRow): Option {
  const notes = [
    ...(row.required ? ['required'] : []),
    ...(row.repeatable ? ['may be given more than once'] : []),
    ...(row.fallback === undefined ? [] : [`default: ${row.fallback}`]),
  ];
  const text = notes.length === 0 ? row.text : `${row.text} (${notes.join('; ')})`;
  const option = new Option(row.value === undefined ? flagOf(name) : `${flagOf(name)} <${row.value}>`, text);
  if (row.required) option.makeOptionMandatory();
  if (row.choices) option.choices(row.choices);
  if (row.conflicts) option.conflicts([...row.conflicts]);
  const { parse = (given: string): unknown => given, repeatable } = row;
  if (repeatable) option.argParser((given, before) => [...((before as unknown[]) ?? []), parse(given)]);
  else if (row.parse) option.argParser(parse);
  return option;
}

// Options may stand before or after the command's name.
function inputOf(command: Command, table: CommandTable): Readonly<Record<string, unknown>> {
  const input: Record<string, unknown> = {};
  Object.keys(table.arguments).forEach((name, index) => (input[name] = command.processedArgs[index] as unknown));
  for (let at: Command | null = command; at !== null; at = at.parent) {
    const given = at.opts<Record<string, unknown>>();
    for (const name of Object.keys(table.options)) {
      // commander keeps `--no-color` as `color: false`.
      if (name === 'noColor') input[name] = input[name] === true || given['color'] === false;
      else input[name] ??= given[name];
    }
  }
  return input;
}

// commander refuses an unknown command by itself only where the program alone does nothing.
async function refuse(program: Command): Promise<never> {
  const [{ cliError }, { didYouMean }] = await Promise.all([import('./errors.js'), import('./closest-name.js')]);
  const [given = ''] = program.args;
  const names = program.commands.map((command) => command.name());
  throw cliError('usage', `Unknown command '${given}'.${didYouMean(given, names)}`);
}
