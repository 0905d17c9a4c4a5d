import type { Program } from '../loader/program.js';
import { shownPath } from '../loader/shown-path.js';
import { whatFailed } from '../loader/what-failed.js';
import { simulatorError } from './errors.js';
import type { Pattern } from './pattern.js';
import type { Scenario } from './scenario.js';
import { scenarioIn } from './scenario-in.js';

const known = new WeakMap<Scenario, FreshScenario>();

/**
 * A scenario that can be had anew, with the variables of all its modules as they are when a process starts. Of a new
 * one only the pattern is used, which is the process. Services, steps, keys and goal stay those of the first: they are
 * the world outside and its judges, which a crash does not touch. They are functions of the durable state, and where
 * they keep something besides, a life that is run again shows it: with new ones, nobody would notice.
 */
export class FreshScenario {
  readonly #scenario: Scenario;
  readonly #program: Program;
  readonly #file: string;

  private constructor(scenario: Scenario, program: Program, file: string) {
    this.#scenario = scenario;
    this.#program = program;
    this.#file = file;
  }

  static remember(scenario: Scenario, program: Program, file: string): void {
    known.set(scenario, new FreshScenario(scenario, program, file));
  }

  /** Undefined for a scenario that was not loaded by path. */
  static of(scenario: Scenario): FreshScenario | undefined {
    return known.get(scenario);
  }

  /** What a proof takes for granted about memory, for the certificate. */
  static assumes(scenario: Scenario): readonly string[] {
    const fresh = FreshScenario.of(scenario);
    if (!fresh) return ['module variables of the scenario keep nothing from life to life'];
    const { globals, shared } = { globals: fresh.#program.globals(), shared: [...fresh.#program.shared].sort() };
    const listed = (names: readonly string[]): string => (names.length === 0 ? '' : `: ${names.join(', ')}`);
    return [
      `what the scenario sets on globalThis, process or a module of Node keeps nothing from life to life${listed(globals)}`,
      ...(shared.length === 0 ? [] : [`variables of shared packages keep nothing from life to life${listed(shared)}`]),
    ];
  }

  /** A pattern of the scenario, out of modules that were evaluated anew. Throws `scenario-unsteady`. */
  async pattern(of: Pattern): Promise<Pattern> {
    const { patterns } = scenarioIn(await this.#exports(), this.#file);
    const pattern = patterns[this.#scenario.patterns.indexOf(of)];
    if (pattern?.name === of.name) return pattern;
    const message = `${shownPath(this.#file)}, evaluated anew for a life, brings no pattern "${of.name}" where it was.`;
    throw simulatorError('scenario-unsteady', message);
  }

  async #exports(): Promise<unknown> {
    try {
      return await this.#program.evaluate();
    } catch (error) {
      const message = `${shownPath(this.#file)} was loaded, and failed when it was evaluated anew for a life. `;
      throw simulatorError('scenario-unsteady', message + whatFailed(error, this.#file), { cause: error });
    }
  }
}
