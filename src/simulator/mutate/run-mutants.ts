import { CrashwiseError } from '../../engine/index.js';
import type { Mutant, Mutants } from '../../results/index.js';
import { explore, type Budget } from '../explore/closure.js';
import type { Violation } from '../explore/findings.js';
import { nameOfFault } from '../fault-budget.js';
import { FreshScenario } from '../fresh-scenario.js';
import { checkProjections } from '../oracle/projections.js';
import type { Pattern } from '../pattern.js';
import type { Scenario } from '../scenario.js';
import { formatSchedule } from '../schedule.js';
import { World } from '../world.js';
import type { Mutation, Operator } from './operator.js';
import { OPERATORS } from './operators.js';
import { sameGraph } from './same-graph.js';
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

const UNDISTURBED = { choices: [], faults: [] };

/**
 * Takes each safety measure away in turn, and searches for what that breaks: the judges have teeth if something does.
 * `killed`: it breaks a property that the flow as it is does not break with as few crashes and other faults. `survived`:
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
  const worldWith: WorldWith = (disturbance, mutation) => worldOf(scenario, pattern, disturbance, mutation);
  const unmutated = new Unmutated(worldWith, options.budget);
  const list: Mutant[] = [];
  for (const operator of operators) {
    onOperator?.(operator.name);
    const { name, text, faults = [] } = operator;
    const needs = [...new Set(faults.map(nameOfFault))];
    const outcome = await search(operator, scenario, pattern, worldWith, unmutated, { ...options.budget, maxStates });
    list.push({ operator: name, text, ...(needs.length > 0 ? { needs } : {}), ...outcome });
  }
  const count = (status: Mutant['status']): number => list.filter((one) => one.status === status).length;
  return {
    killed: count('killed'),
    survived: count('survived'),
    equivalent: count('equivalent'),
    inapplicable: count('inapplicable'),
    inconclusive: count('inconclusive'),
    list,
  };
}

type WorldWith = (disturbance: Disturbance, mutation?: Mutation) => World;

function worldOf(scenario: Scenario, pattern: Pattern, { faults = [] }: Disturbance, mutation: Mutation = {}): World {
  const change = (one: Pattern): Pattern => mutation.pattern?.(one) ?? one;
  const loaded = FreshScenario.of(scenario);
  const fresh = loaded && (async () => change(await loaded.pattern(pattern)));
  const budget = { faults: new Set(faults), maxFaults: faults.length > 0 ? MAX_FAULTS : 0 };
  return new World(mutation.scenario?.(scenario) ?? scenario, change(pattern), budget, { fresh });
}

type Outcome = Omit<Mutant, 'operator' | 'text' | 'needs'>;

async function search(
  operator: Operator,
  scenario: Scenario,
  pattern: Pattern,
  worldWith: WorldWith,
  unmutated: Unmutated,
  budget: Budget,
): Promise<Outcome> {
  const { standsOn = () => true } = operator;
  const inapplicable: Outcome = { status: 'inapplicable', reason: 'no call of the flow was ever changed by it' };
  if (!pattern.resources().some(standsOn)) return inapplicable;
  let applied = 0;
  const mutation = operator.make(() => (applied += 1), scenario);
  const world = worldWith(operator, mutation);
  const inconclusive = (reason: string): Outcome => ({ status: 'inconclusive', reason });
  try {
    await world.life(world.initial, UNDISTURBED); // What some learn from.
    /** Broken without the mutation, too. */
    const known: Violation[] = [];
    const isNew = (one: Violation): boolean =>
      !known.some(({ property, crashes, faults: spent }) => {
        return property === one.property && crashes <= one.crashes && spent <= one.faults;
      });
    for (;;) {
      const found = await explore(world, { ...budget, enough: (violations) => violations.some(isNew) });
      const violation = found.violations.find(isNew);
      if (violation) {
        const before = await unmutated.breaks(violation, operator);
        if (before === false) return killedBy(violation);
        if (before === undefined) return inconclusive('the flow as it is was not searched to the end');
        known.push(violation);
        continue;
      }
      if (found.stoppedBy !== 'closed') return inconclusive(`its search ended with: ${found.stoppedBy}`);
      if (applied === 0) return inapplicable;
      if (world.strays.size > 0) return inconclusive('something went on past the boundaries');
      const { complete } = await checkProjections(world, found, budget.stopped);
      if (!complete) return inconclusive('its keys leave out what matters to it');
      const whole = await unmutated.explored(operator);
      if (whole.stoppedBy !== 'closed') return inconclusive('the flow as it is was not searched to the end');
      return sameGraph(found, whole)
        ? { status: 'equivalent', reason: 'it comes to the same states as the flow as it is' }
        : { status: 'survived', reason: 'a redundant measure, or an invariant that is missing' };
    }
  } catch (error) {
    if (!CrashwiseError.is(error)) throw error;
    return inconclusive(`its search ended with ${error.code}: ${error.message.split('\n')[0]!}`);
  }
}

function killedBy({ property, crashes, faults, schedule }: Violation): Outcome {
  return { status: 'killed', property, crashes, faults, schedule: formatSchedule(schedule) };
}
