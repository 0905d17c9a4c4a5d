import { readFileSync } from 'node:fs';
import { Script } from 'node:vm';
import type { Jiti } from 'jiti';
import { COUNTERS, type Instrument } from './instrument.js';
import { shownPath } from './shown-path.js';
import type { Target } from './target.js';

/** The code of a file as a function. What it declares is made anew by each call; what it imports, it asks for. */
export type Body = (
  this: unknown,
  exports: unknown,
  require: unknown,
  module: unknown,
  filename: string,
  dirname: string,
  jitiImport: (id: string) => Promise<unknown>,
  jitiESMResolve: (id: string) => unknown,
) => unknown;

// The names that jiti's output uses.
const PARAMETERS = 'exports, require, module, __filename, __dirname, jitiImport, jitiESMResolve';

/** One of the user's files, compiled once: as an asynchronous function for `import`, as a plain one for `require`. */
export class CompiledModule {
  readonly file: string;
  /** Looks up imports as seen from this file. */
  readonly jiti: Jiti;
  /** What the imports of this file are, looked up once. */
  readonly targets = new Map<string, Target>();
  readonly source: string;
  #imported: Body | undefined;
  #required: Body | undefined;
  readonly #instrument: Instrument | undefined;

  constructor(file: string, jiti: Jiti, instrument?: Instrument) {
    this.file = file;
    this.jiti = jiti;
    this.#instrument = instrument;
    this.source = readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  }

  get isJson(): boolean {
    return this.file.endsWith('.json');
  }

  imported(): Body {
    return (this.#imported ??= this.#commonJs() ?? this.#functionOf(this.#transformed(true), 'async '));
  }

  required(): Body {
    return (this.#required ??= this.#commonJs() ?? this.#synchronous());
  }

  #synchronous(): Body {
    const code = this.#transformed(false);
    try {
      return this.#functionOf(code);
    } catch (error) {
      if (!/\bawait\b/.test(String(error))) throw error;
      throw new Error(`${shownPath(this.file)} awaits at its top level: it can be imported, and not required.`, {
        cause: error,
      });
    }
  }

  // As Node tells the two apart where nothing else does: what compiles as CommonJS is. It stays as it is, as jiti's
  // output is always strict. An import() in it has to come here, though, or it would share its module.
  #commonJs(): Body | undefined {
    if (!/\.c?js$/.test(this.file) || /\bimport\s*\(/.test(this.source)) return undefined;
    try {
      return this.#functionOf(this.source.replace(/^#!/, '//'));
    } catch {
      return undefined; // Transformed, it works, or fails with the place of its error.
    }
  }

  #transformed(async: boolean): string {
    const { source, file: filename } = this;
    const code = this.jiti.transform({ source, filename, ts: /\.[cm]?tsx?$/.test(filename), async });
    const [, failure] = /^exports\.__JITI_ERROR__ = (.*)$/s.exec(code) ?? [];
    if (failure === undefined) return code;
    const { code: name, message, line, column } = JSON.parse(failure) as Record<string, string>;
    throw new Error(`${name}: ${message} \n ${filename}:${line}:${column}`);
  }

  // jiti keeps the lines of the source, and so do counters: stacks name the user's.
  #functionOf(code: string, kind: 'async ' | '' = ''): Body {
    const { file, source } = this;
    const counting = this.#instrument?.({ file, code, source });
    const body = `${kind}function (${PARAMETERS}) { ${counting?.code ?? code}\n}`;
    const script = new Script(`(function (${COUNTERS}) { return ${body} })`, { filename: file });
    const make = script.runInThisContext({ displayErrors: false }) as (counters: unknown) => Body;
    return make(counting?.counters);
  }
}
