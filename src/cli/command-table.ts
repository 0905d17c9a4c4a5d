export interface ArgumentRow {
  readonly text: string;
  readonly optional?: true;
  /** Takes all that follow. Only for the last one. */
  readonly variadic?: true;
}

export interface OptionRow {
  readonly text: string;
  /** What stands after the flag in the help. None: a switch. */
  readonly value?: string;
  readonly required?: true;
  readonly repeatable?: true;
  readonly choices?: readonly string[];
  /** Other options that make no sense beside this one. */
  readonly conflicts?: readonly string[];
  /** Turns the text into the value; throws commander's `InvalidArgumentError`. */
  readonly parse?: (text: string) => unknown;
  /** What holds without the flag, for the help. */
  readonly fallback?: string;
}

/** All that is known of a command: feeds the parser, the help and docs/reference/cli.md. */
export interface CommandTable {
  /** As it is typed: `engine run`. */
  readonly name: string;
  readonly summary: string;
  /** What follows the summary, as one paragraph. */
  readonly about?: string;
  /** How a module looks, for the commands that load one. */
  readonly module?: { readonly text: string; readonly code: readonly string[] };
  readonly arguments: Readonly<Record<string, ArgumentRow>>;
  /** By the name in camel case: `leaseMs` is `--lease-ms`. */
  readonly options: Readonly<Record<string, OptionRow>>;
  readonly examples: readonly { readonly command: string; readonly text: string }[];
  /** What the exit codes mean here, where that is not plain. */
  readonly exits?: readonly string[];
}

type ArgumentValue<R extends ArgumentRow> = R extends { variadic: true }
  ? readonly string[]
  : R extends { optional: true }
    ? string | undefined
    : string;

type OneValue<R extends OptionRow> = R extends { parse: (text: string) => infer V }
  ? V
  : R extends { choices: readonly (infer C)[] }
    ? C
    : R extends { value: string }
      ? string
      : boolean;

type OptionValue<R extends OptionRow> = R extends { repeatable: true }
  ? readonly OneValue<R>[] | undefined
  : R extends { required: true }
    ? OneValue<R>
    : OneValue<R> | undefined;

/** What a command of this table is given: its arguments and options by name. */
export type InputOf<T extends CommandTable> = {
  readonly [K in keyof T['arguments']]: ArgumentValue<T['arguments'][K]>;
} & { readonly [K in keyof T['options']]: OptionValue<T['options'][K]> };

export function commandTable<const T extends CommandTable>(table: T): T {
  return table;
}

/** `leaseMs` as it is typed: `--lease-ms`. */
export function flagOf(option: string): string {
  return `--${option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
