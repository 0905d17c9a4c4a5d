import type { TypesOf } from '../feed.js';
import type { Compiler } from './compiler.js';
import { openCompiler } from './open-compiler.js';
import { readTypes } from './read-types.js';

/** The types of one module, read by the TypeScript of its own project when they are first asked for. */
export class ModuleTypes {
  readonly #entry: string;
  readonly #files: () => readonly string[];
  #compiler: Compiler | undefined;
  #isOpen = false;
  #problem: string | undefined;

  /** `files`: those of the module and of what it imports, that belong to the user. */
  constructor(entry: string, files: () => readonly string[]) {
    this.#entry = entry;
    this.#files = files;
  }

  /** Why they say nothing, if they were asked for and do not. */
  get problem(): string | undefined {
    return this.#problem;
  }

  of(workflow: string): TypesOf | undefined {
    try {
      if (!this.#isOpen) this.#compiler = openCompiler(this.#entry);
      if (!this.#compiler) this.#problem ??= 'types are not read: the project has no TypeScript from 5 on';
      return this.#compiler && readTypes(this.#compiler, this.#files(), workflow);
    } catch (error) {
      this.#problem = `types are not read: ${(error as Error).message}`;
      return undefined;
    } finally {
      this.#isOpen = true;
    }
  }

  close(): void {
    this.#compiler?.close();
    this.#compiler = undefined;
  }
}
