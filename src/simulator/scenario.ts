import { simulatorError } from './errors.js';
import type { EffectClass } from './ledger.js';
import type { Pattern } from './pattern.js';
import type { Services } from './service.js';

/** One step of the flow that changes something outside. */
export interface Step {
  /** In words, for the matrix: "charge card". */
  readonly title: string;
  /** The request that makes the change: `service.request`. */
  readonly effect: string;
  readonly class: EffectClass;
  /** The property that a broken count breaks, for example `charged-once`. */
  readonly property: string;
  /** The logical key of a call, for example the signup's id: two calls with the same key mean the same thing. */
  readonly key: (...args: never[]) => string;
  /** A call in words, for the story. */
  readonly text: (...args: never[]) => string;
  /** What is said when it was done twice, or never. */
  readonly twice: (key: string) => string;
  readonly never: (key: string) => string;
  /** The effect that it takes back, if it is a compensation: then `--mutants` leaves it out, and changes its order. */
  readonly undoes?: string;
}

/** What a goal or an invariant sees: the state of each service. */
export type WorldOf<S extends Services> = { readonly [Name in keyof S]: S[Name]['initial'] };

/** A property of the world, in every state. */
export interface Invariant<S extends Services = Services> {
  readonly property: string;
  readonly holds: (world: WorldOf<S>) => boolean;
  /** What is said where it does not hold. */
  readonly broken: (world: WorldOf<S>) => string;
}

/** Ends of a run that are as good as another. */
export interface Endings {
  /** What lies in a dead letter queue is fine, as an operator will redrive it: the run goes on after that. */
  readonly parked?: 'redriven';
}

/** A flow, its world, its input and what must hold of it, whatever machinery runs it. Made by `defineScenario`. */
export interface Scenario<S extends Services = Services> {
  readonly name: string;
  readonly title: string;
  readonly services: S;
  readonly steps: readonly Step[];
  /** The logical keys that a finished run has effects for. */
  readonly keys: readonly string[];
  /** What every run must come to once no more crashes happen. */
  readonly goal: {
    readonly property: string;
    readonly reached: (world: WorldOf<S>) => boolean;
    /** What is said of a run that rests before that; `where` is what the pattern says about where it stands. */
    readonly missed: (where: string) => string;
  };
  /** What must hold in every state, at each moment of every run: not only at its end. */
  readonly invariants?: readonly Invariant<S>[];
  /** Default: a run that rests with something parked has missed its goal. */
  readonly endings?: Endings;
  /**
   * What of the world counts as the outcome of a run that has ended. Declared, every outcome with crashes must be one that
   * a run without them can come to (`same-outcomes`). Leave it out where a worker that comes back late may rightly decide
   * otherwise than one that never died. Plain data.
   */
  readonly outcome?: (world: WorldOf<S>) => unknown;
  /** What must have been seen in some state, or the safety that it stands for was never put to the test: a warning. */
  readonly sometimes?: readonly { readonly name: string; readonly holds: (world: WorldOf<S>) => boolean }[];
  readonly patterns: readonly Pattern[];
  /** The machinery that this kind of work asks for, as the decision table has it: its row of `simulate --matrix`. */
  readonly row?: Pattern['name'];
  /** By pattern: the verdict that is expected, default `proved`, and all the properties that it breaks. */
  readonly expected?: Readonly<Record<string, { verdict: 'violated'; properties: readonly string[] }>>;
  /**
   * By pattern and measure: why nothing needs it, though it is there. `--mutants` then tells of its survival, and does not
   * count it as a finding.
   */
  readonly redundant?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** For each property: the page that tells more. */
  readonly pages?: Readonly<Record<string, string>>;
  /** For each property: how it is usually mended. */
  readonly hints?: Readonly<Record<string, string>>;
  /**
   * A worker that has died is back within so long. It can miss what falls due meanwhile; a lease or a wait that takes
   * longer passes only inside a life. Default: any time.
   */
  readonly restartWithinMs?: number;
  /** What the proof rests on beyond the machinery, in words, for the certificate. */
  readonly assumes: readonly string[];
  /**
   * Packages from `node_modules` that start each life with fresh modules, as the user's own files do: those that keep
   * something of the flow in variables. Heeded where the scenario is loaded by path. Default: none, all are shared.
   */
  readonly freshPackages?: readonly string[];
}

/**
 * Declares a scenario: for the types alone, it returns what it is given.
 *
 * @example
 * export default defineScenario({
 *   name: 'invoice',
 *   title: 'charge a card',
 *   services: { cards },
 *   keys: ['i1'],
 *   steps: [chargeCard],
 *   goal: { property: 'invoice-ends', reached: ({ cards }) => cards.charges > 0, missed: (where) => `Unpaid: ${where}.` },
 *   patterns: [durable({ workflow: invoice, activities: invoiceActivities, start: { id: 'i1', input: { amount: 49 } } })],
 *   assumes: [],
 * });
 */
export function defineScenario<const S extends Services>(scenario: Scenario<S>): Scenario<S> {
  return scenario;
}

/** Throws `scenario-invalid` for a scenario that would be judged on nothing, or on something else than it says. */
export function checkScenario(scenario: Scenario): void {
  const { name, services, steps, keys, goal, patterns } = scenario;
  const wrong = (what: string): Error => simulatorError('scenario-invalid', `Scenario ${name} ${what}.`);
  for (const [part, list] of Object.entries({ patterns, steps, keys, assumes: scenario.assumes })) {
    if (!Array.isArray(list)) throw wrong(`has no list of ${part}`);
  }
  if (!Array.isArray(scenario.freshPackages ?? [])) throw wrong('has freshPackages that are no list');
  const { restartWithinMs = 0 } = scenario;
  if (typeof restartWithinMs !== 'number' || !(restartWithinMs >= 0)) {
    throw wrong(`has restartWithinMs ${String(restartWithinMs)}, which is no number of ms`);
  }
  if (typeof services !== 'object' || services === null) throw wrong('has no services');
  if (patterns.length === 0) throw wrong('brings no pattern');
  if (steps.length === 0) throw wrong('declares no step: nothing could be done twice or lost');
  if (keys.length === 0) throw wrong('names no key: no effect could be missing');
  // Scenarios are loaded without a look at their types.
  for (const [index, invariant] of (scenario.invariants ?? []).entries()) {
    const lacking = missingIn(invariant, { property: 'string', holds: 'function', broken: 'function' });
    if (lacking) throw wrong(`has an invariant, number ${index + 1}, without ${lacking}`);
  }
  for (const [index, one] of (scenario.sometimes ?? []).entries()) {
    const lacking = missingIn(one, { name: 'string', holds: 'function' });
    if (lacking) throw wrong(`has a "sometimes", number ${index + 1}, without ${lacking}`);
  }
  if (scenario.outcome !== undefined && typeof scenario.outcome !== 'function')
    throw wrong('has an outcome that is no function');
  const missing = missingIn(goal, { property: 'string', reached: 'function', missed: 'function' });
  if (missing) throw wrong(`has a goal without ${missing}`);
  for (const [ending, as] of Object.entries(scenario.endings ?? {})) {
    if (ending !== 'parked' || as !== 'redriven')
      throw wrong(`declares the ending ${ending}: '${String(as)}'; parked: 'redriven' is known`);
  }
  for (const [index, step] of steps.entries()) {
    const { effect, title } = step;
    const [service = '', request = ''] = String(effect).split('.');
    const known = Object.hasOwn(services, service) && Object.hasOwn(services[service]!.requests as object, request);
    if (!known) throw wrong(`has no request "${effect}", which step "${title}" names`);
    if (!CLASSES.includes(step.class))
      throw wrong(`has a step "${title}" of class "${step.class}"; ${CLASSES.join(', ')} are known`);
    const lacking = missingIn(step, STEP);
    if (lacking) throw wrong(`has a step "${title}" without ${lacking}`);
    if (step.undoes !== undefined && !steps.some((other) => other.effect === step.undoes))
      throw wrong(`has a step "${title}" that undoes "${step.undoes}", which no step does`);
    const first = steps.findIndex((other) => other.effect === effect);
    if (first < index) throw wrong(`has two steps over one request, ${effect}: give each a request of its own`);
  }
}

const CLASSES: readonly string[] = ['exactly-once', 'at-most-once', 'at-least-once', 'read'] satisfies EffectClass[];
const STEP = {
  title: 'string',
  property: 'string',
  key: 'function',
  text: 'function',
  twice: 'function',
  never: 'function',
};

/** The first of these members that is not there, or of another type. */
function missingIn(value: object, members: Readonly<Record<string, string>>): string | undefined {
  return Object.keys(members).find((name) => typeof Reflect.get(value ?? {}, name) !== members[name]);
}
