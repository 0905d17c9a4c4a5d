import { dirname } from 'node:path';
import type { Checker, Compiler, Enums, Node } from './compiler.js';

/** As much of the API of TypeScript 5 and 6 as is asked for. */
export interface ClassicTypeScript extends Enums {
  readonly sys: {
    readonly fileExists: (path: string) => boolean;
    readonly readFile: (path: string) => string | undefined;
  };
  findConfigFile(folder: string, exists: (path: string) => boolean): string | undefined;
  readConfigFile(path: string, read: (path: string) => string | undefined): { readonly config?: unknown };
  parseJsonConfigFileContent(config: unknown, host: unknown, folder: string): { readonly options: object };
  createProgram(
    files: readonly string[],
    options: object,
  ): { getTypeChecker(): Checker; getSourceFile(path: string): Node | undefined };
  readonly ModuleKind: Readonly<Record<string, number>>;
  readonly ModuleResolutionKind: Readonly<Record<string, number>>;
  readonly ScriptTarget: Readonly<Record<string, number>>;
}

/** A file with all that it imports, as the compiler of TypeScript 5 or 6 sees it, by the tsconfig nearest to it. */
export function openClassic(ts: ClassicTypeScript, entry: string): Compiler {
  const config = ts.findConfigFile(dirname(entry), ts.sys.fileExists);
  const parsed = config === undefined ? undefined : ts.readConfigFile(config, ts.sys.readFile).config;
  const own =
    parsed === undefined ? defaults(ts) : ts.parseJsonConfigFileContent(parsed, ts.sys, dirname(config!)).options;
  // Without strictNullChecks a type forgets that a value may be null.
  const program = ts.createProgram([entry], { ...own, strictNullChecks: true, allowJs: true, noEmit: true });
  return {
    checker: program.getTypeChecker(),
    enums: ts,
    sourceFile: (path) => program.getSourceFile(path),
    close: () => {},
  };
}

function defaults({ ModuleKind, ModuleResolutionKind, ScriptTarget }: ClassicTypeScript): object {
  return {
    module: ModuleKind['ESNext'],
    moduleResolution: ModuleResolutionKind['Bundler'],
    target: ScriptTarget['ESNext'],
    allowImportingTsExtensions: true,
  };
}
