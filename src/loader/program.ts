import type { Jiti } from 'jiti';
import { CompiledModule } from './compiled-module.js';
import { Evaluation } from './evaluation.js';
import type { Instrument } from './instrument.js';
import { jitiMaker } from './jiti-maker.js';
import { packageOf } from './package-of.js';
import { settledOrStalled } from './settled-or-stalled.js';
import { targetOf, type Target } from './target.js';

/**
 * A file of the user's and all of their files that it imports, compiled once and evaluated as often as asked: each time
 * with new variables, as in a process that starts. Packages from `node_modules` are shared by all evaluations, but for
 * those that are named as fresh. Nothing is looked up, compiled or run before it is imported.
 *
 * @example
 * const program = await Program.of('/shop/scenario.ts', ['lru-cache']);
 * (await program.evaluate()) === (await program.evaluate()); // false
 */
export class Program {
  /** Packages that were imported and keep their variables from one evaluation to the next. */
  readonly shared = new Set<string>();
  readonly #globals = new Set(Reflect.ownKeys(globalThis));
  readonly #entry: string;
  readonly #jitiFor: (file: string) => Jiti;
  readonly #fresh: ReadonlySet<string | undefined>;
  readonly #modules = new Map<string, CompiledModule>();
  readonly #packages = new Map<string, unknown>();

  readonly #instrument: Instrument | undefined;

  private constructor(
    entry: string,
    freshPackages: readonly string[],
    jitiFor: (file: string) => Jiti,
    instrument: Instrument | undefined,
  ) {
    this.#entry = entry;
    this.#jitiFor = jitiFor;
    this.#instrument = instrument;
    // An entry that lies in a package itself is the user's here.
    this.#fresh = new Set([undefined, packageOf(entry), ...freshPackages]);
  }

  /** `instrument` is given what the user's own files were compiled to. */
  static async of(entry: string, freshPackages: readonly string[], instrument?: Instrument): Promise<Program> {
    return new Program(entry, freshPackages, await jitiMaker(), instrument);
  }

  /** What the entry exports, evaluated anew with all of the user's files. Throws what they throw. */
  async evaluate(): Promise<unknown> {
    return settledOrStalled(new Evaluation(this).exportsOf(this.#entry));
  }

  /** Names that were set on globalThis since the program was made, not by crashwise: all evaluations share them. */
  globals(): readonly string[] {
    const found = Reflect.ownKeys(globalThis).filter((name) => !this.#globals.has(name));
    return found
      .map(String)
      .filter((name) => !name.startsWith('Symbol(crashwise: '))
      .sort();
  }

  /** The user's files that were imported so far. */
  files(): readonly string[] {
    return [...this.#modules.keys()].sort();
  }

  module(file: string): CompiledModule {
    let module = this.#modules.get(file);
    if (!module) {
      const isUsers = [undefined, packageOf(this.#entry)].includes(packageOf(file));
      module = new CompiledModule(file, this.#jitiFor(file), isUsers ? this.#instrument : undefined);
      this.#modules.set(file, module);
    }
    return module;
  }

  target(id: string, how: 'import' | 'require', { jiti, targets }: CompiledModule): Target {
    const key = `${how} ${id}`;
    let target = targets.get(key);
    if (!target) targets.set(key, (target = targetOf(id, how, jiti, (name) => this.#fresh.has(name))));
    return target;
  }

  /** A module that all evaluations share. The first import waits for it. */
  package(id: string, how: 'import' | 'require', { name }: { name?: string }, from: CompiledModule): unknown {
    if (name !== undefined) this.shared.add(name);
    const key = `${how} ${from.file} ${id}`;
    if (this.#packages.has(key)) return this.#packages.get(key);
    const keep = (exports: unknown): unknown => {
      this.#packages.set(key, exports);
      return exports;
    };
    return how === 'import' ? from.jiti.import(id).then(keep) : keep(from.jiti(id));
  }
}
