import { CrashwiseError } from '../../engine/index.js';
import type { Mutant } from '../../results/index.js';
import { explore, type Budget } from '../explore/closure.js';
import type { Violation } from '../explore/findings.js';
import { checkProjections } from '../oracle/projections.js';
import type { Pattern } from '../pattern.js';
import type { Scenario } from '../scenario.js';
import { formatSchedule } from '../schedule.js';
import type { World } from '../world.js';
import type { Mutation, Operator } from './operator.js';
import { sameGraph } from './same-graph.js';
import type { Disturbance, Unmutated } from './unmutated.js';

/** The flow that measures are taken away from. */
export interface Target {
  readonly scenario: Scenario;
  readonly pattern: Pattern;
  readonly worldWith: (disturbance: Disturbance, mutation?: Mutation) => World;
  readonly unmutated: Unmutated;
}

export type Outcome = Omit<Mutant, 'operator' | 'text' | 'needs'>;

const UNDISTURBED = { choices: [], faults: [] };

/** What becomes of a flow without one of its measures. */
export async function searchMutant(operator: Operator, target: Target, budget: Budget): Promise<Outcome> {
  const { scenario, pattern, worldWith, unmutated } = target;
  const { standsOn = () => true } = operator;
  const inapplicable: Outcome = { status: 'inapplicable', reason: 'no call of the flow was ever changed by it' };
  if (!pattern.resources().some(standsOn)) return inapplicable;
  let applied = 0;
  const mutation = operator.make(() => (applied += 1), scenario);
  const world = worldWith(operator, mutation);
  const inconclusive = (reason: string): Outcome => ({ status: 'inconclusive', reason });
  try {
    const first = await world.life(world.initial, UNDISTURBED); // What some learn from.
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
      if (applied === 0 && found.stoppedBy === 'closed') return inapplicable;
      const lives = { pattern: pattern.name, lives: [UNDISTURBED] };
      if (found.stoppedBy === 'endless-life' && first.end === 'endless')
        return killedBy(
          { property: scenario.goal.property, crashes: 0, faults: 0, schedule: lives },
          'its first life comes to no rest',
        );
      if (found.stoppedBy !== 'closed') return inconclusive(`its search ended with: ${found.stoppedBy}`);
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

type Killer = Pick<Violation, 'property' | 'crashes' | 'faults' | 'schedule'>;

function killedBy({ property, crashes, faults, schedule }: Killer, reason?: string): Outcome {
  const price = { property, crashes, faults, schedule: formatSchedule(schedule) };
  return { status: 'killed', ...price, ...(reason === undefined ? {} : { reason }) };
}
