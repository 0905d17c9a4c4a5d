import { dirname } from 'node:path';
import type { Body, CompiledModule } from './compiled-module.js';
import type { Program } from './program.js';

/** One module within one evaluation. */
interface Instance {
  readonly compiled: CompiledModule;
  readonly module: { exports: unknown; loaded: boolean; readonly [name: string]: unknown };
  /** Who asked for it first. */
  readonly importer: Instance | undefined;
  loading?: Promise<unknown>;
}

/** The user's modules as one process has them: each is evaluated once, where it is first imported. */
export class Evaluation {
  readonly #program: Program;
  readonly #instances = new Map<string, Instance>();

  constructor(program: Program) {
    this.#program = program;
  }

  /** What a file exports, once it is evaluated. */
  async exportsOf(file: string): Promise<unknown> {
    return await this.#imported(file, undefined);
  }

  // Awaited at every step: the stack of what a module throws then names all those that led there.
  async #import(id: string, from: Instance): Promise<unknown> {
    const target = this.#program.target(id, 'import', from.compiled);
    return await ('file' in target
      ? this.#imported(target.file, from)
      : this.#program.package(id, 'import', target, from.compiled));
  }

  #require(id: string, from: Instance): unknown {
    const target = this.#program.target(id, 'require', from.compiled);
    return 'file' in target
      ? this.#required(target.file, from)
      : this.#program.package(id, 'require', target, from.compiled);
  }

  #imported(file: string, importer: Instance | undefined): unknown {
    const known = this.#instances.get(file);
    if (known) {
      const { module, loading } = known;
      // In a cycle one of the modules has to go on with what the other one exports so far.
      return module.loaded || isWaitingFor(known, importer) ? module.exports : (loading ?? module.exports);
    }
    const instance = this.#instance(file, importer);
    if (instance.module.loaded) return instance.module.exports;
    return (instance.loading = this.#load(instance));
  }

  async #load(instance: Instance): Promise<unknown> {
    await this.#run(instance, instance.compiled.imported());
    instance.module.loaded = true;
    return instance.module.exports;
  }

  #required(file: string, importer: Instance): unknown {
    const known = this.#instances.get(file);
    if (known) return known.module.exports;
    const instance = this.#instance(file, importer);
    if (instance.module.loaded) return instance.module.exports;
    try {
      this.#run(instance, instance.compiled.required());
    } catch (error) {
      this.#instances.delete(file); // As Node does: who requires it again, evaluates it again.
      throw error;
    }
    instance.module.loaded = true;
    return instance.module.exports;
  }

  #instance(file: string, importer: Instance | undefined): Instance {
    const compiled = this.#program.module(file);
    const exports = compiled.isJson ? jsonOf(compiled) : {};
    const module = { exports, loaded: compiled.isJson, id: file, filename: file, path: dirname(file) };
    const instance = { compiled, module, importer };
    this.#instances.set(file, instance);
    return instance;
  }

  #run(instance: Instance, body: Body): unknown {
    const { compiled, module } = instance;
    const { file, jiti } = compiled;
    const { resolve, cache, main, extensions } = jiti;
    const require = Object.assign((id: string) => this.#require(id, instance), { resolve, cache, main, extensions });
    const load = (id: string): Promise<unknown> => this.#import(id, instance);
    return body.call(module.exports, module.exports, require, module, file, dirname(file), load, jiti.esmResolve);
  }
}

function isWaitingFor(one: Instance, importer: Instance | undefined): boolean {
  for (let at = importer; at; at = at.importer) if (at === one) return true;
  return false;
}

function jsonOf({ file, source }: CompiledModule): unknown {
  try {
    return JSON.parse(source);
  } catch (error) {
    throw new SyntaxError(`${file}: ${(error as Error).message}`, { cause: error });
  }
}
