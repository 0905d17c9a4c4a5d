import type { Mutant, Mutants } from '../../results/index.js';
import { MAX_MOMENTS } from '../episode.js';
import { simulatorError } from '../errors.js';
import type { Budget } from '../explore/closure.js';
import { nameOfFault } from '../fault-budget.js';
import { FreshScenario } from '../fresh-scenario.js';
import type { Pattern } from '../pattern.js';
import type { Scenario } from '../scenario.js';
import { World } from '../world.js';
import type { Mutation, Operator } from './operator.js';
import { OPERATORS } from './operators.js';
import { searchMutant, type Target } from './search-mutant.js';
import { Unmutated, type Disturbance } from './unmutated.js';

export interface MutantOptions {
  readonly budget: Budget;
  readonly operators?: readonly Operator[];
  /** Hears of each operator before its search begins. */
  readonly onOperator?: (name: string) => void;
}

/** Other faults in one run, where an operator needs any. */
const MAX_FAULTS = 1;
/** A mutant may have states without end, say a charge more with each crash. */
const MAX_STATES = 2_000;

/** A life that goes on so many times longer than the first one of the flow as it is goes on for ever. */
const MANY_TIMES = 100;
/** Where that one is very short. */
const MIN_MOMENTS = 1_000;

/**
 * Takes each safety measure away in turn, and searches for what that breaks: the judges have teeth if something does.
 * `killed`: it breaks a property that the flow as it is does not break with as few crashes and other faults, or does not
 * even come to rest in the life that nothing disturbs, with 100 times as many calls as the flow as it is. `survived`:
 * the search closed and found nothing, so the measure is redundant or an invariant is missing. `equivalent`: its closed
 * graph is that of the flow as it is. `inapplicable`: the measure is not there, as the mutation has never made a
 * difference to a call. `inconclusive`: a budget stopped the search, or something else kept it from an answer.
 *
 * @example
 * const { survived, list } = await runMutants(scenario, pattern, { budget });
 */
export async function runMutants(scenario: Scenario, pattern: Pattern, options: MutantOptions): Promise<Mutants> {
  const { operators = OPERATORS, onOperator } = options;
  const maxStates = Math.min(options.budget.maxStates, MAX_STATES);
  const maxMoments = await patience(worldOf(scenario, pattern));
  const worldWith: Target['worldWith'] = (...change) => worldOf(scenario, pattern, maxMoments, ...change);
  const unmutated = new Unmutated(worldWith, options.budget);
  const target = { scenario, pattern, worldWith, unmutated };
  const redundant = redundantIn(scenario, pattern);
  const list: Mutant[] = [];
  for (const operator of operators) {
    onOperator?.(operator.name);
    const { name, text, faults = [] } = operator;
    const needs = [...new Set(faults.map(nameOfFault))];
    const outcome = await searchMutant(operator, target, { ...options.budget, maxStates });
    const why = outcome.status === 'survived' ? redundant[name] : undefined;
    const accepted = why === undefined ? {} : { redundant: why };
    list.push({ operator: name, text, ...(needs.length > 0 ? { needs } : {}), ...outcome, ...accepted });
  }
  const count = (status: Mutant['status']): number =>
    list.filter((one) => one.status === status && !one.redundant).length;
  return {
    killed: count('killed'),
    survived: count('survived'),
    equivalent: count('equivalent'),
    inapplicable: count('inapplicable'),
    inconclusive: count('inconclusive'),
    list,
  };
}

function redundantIn({ name, redundant = {} }: Scenario, pattern: Pattern): Readonly<Record<string, string>> {
  const measures = redundant[pattern.name] ?? {};
  const unknown = Object.keys(measures).find((measure) => !OPERATORS.some((operator) => operator.name === measure));
  if (unknown === undefined) return measures;
  throw simulatorError(
    'scenario-invalid',
    `Scenario ${name} calls "${unknown}" redundant, which is no safety measure.`,
  );
}

function worldOf(
  scenario: Scenario,
  pattern: Pattern,
  maxMoments?: number,
  { faults = [] }: Disturbance = {},
  mutation?: Mutation,
): World {
  const change = (one: Pattern): Pattern => mutation?.pattern?.(one) ?? one;
  const loaded = FreshScenario.of(scenario);
  const fresh = loaded && (async () => change(await loaded.pattern(pattern)));
  const budget = { faults: new Set(faults), maxFaults: faults.length > 0 ? MAX_FAULTS : 0 };
  const options = { fresh, maxMoments: mutation && maxMoments };
  return new World(mutation?.scenario?.(scenario) ?? scenario, change(pattern), budget, options);
}

/** How long a life of a mutant is waited for. */
async function patience(world: World): Promise<number> {
  const { moments } = await world.life(world.initial, { choices: [], faults: [] });
  return Math.min(MAX_MOMENTS, Math.max(MIN_MOMENTS, MANY_TIMES * moments.length));
}
