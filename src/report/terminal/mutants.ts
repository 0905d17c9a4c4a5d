import type { Mutant, SimulationRun } from '../../results/index.js';
import { TEXT_COLUMN, type Paint, type Screen } from './screen.js';
import { count } from './words.js';
import { hanging } from './wrap.js';

const ADVICE =
  'Nothing breaks without it. Either nothing needs it, and the scenario may say so (`redundant`), or the scenario does ' +
  'not say what it is for: add an invariant, or a step of a stricter class, that fails without it.';

/** What became of the flow without each of its safety measures, a line each: those first that nothing seems to need. */
export function mutantLines({ pattern, mutants }: SimulationRun, screen: Screen): string[] {
  if (mutants === undefined) return [];
  const { chalk, width } = screen;
  const of = (status: Mutant['status']): readonly Mutant[] => mutants.list.filter((one) => one.status === status);
  const line = (label: string, { operator }: Mutant, said: string, paint: Paint): string[] =>
    hanging(`  ${label}`, `${operator}: ${said}`, TEXT_COLUMN, width, paint);
  const found = of('survived').filter(({ redundant }) => redundant === undefined);
  const spare = of('survived').filter(({ redundant }) => redundant !== undefined);
  const absent = of('inapplicable').map(({ operator }) => operator);
  return [
    ...hanging('MUTANTS', `${pattern}: ${claimOf(mutants)}`, 'VIOLATED'.length + 2, width, chalk.bold),
    ...found.flatMap((one) => line('SURVIVED', one, `${one.text}. ${ADVICE}`, chalk.red.bold)),
    ...of('inconclusive').flatMap((one) => line('open', one, `not decided, ${one.reason ?? ''}.`, chalk.yellow)),
    ...of('killed').flatMap((one) => line('killed', one, brokenBy(one), chalk.green)),
    ...spare.flatMap((one) => line('to spare', one, `nothing breaks without it: ${one.redundant}.`, chalk.dim)),
    ...of('equivalent').flatMap((one) => line('same', one, 'it comes to the same states.', chalk.dim)),
    ...(absent.length === 0 ? [] : hanging('  not here', absent.join(', '), TEXT_COLUMN, width, chalk.dim)),
  ];
}

function claimOf({ killed, survived, equivalent, inconclusive, list }: NonNullable<SimulationRun['mutants']>): string {
  const spare = list.filter(({ redundant }) => redundant !== undefined).length;
  const outcomes = Object.entries({
    killed,
    survived,
    'not decided': inconclusive,
    'to spare': spare,
    'the same': equivalent,
  });
  const counted = outcomes.flatMap(([what, number]) => (number > 0 ? [`${number} ${what}`] : []));
  const tried = killed + survived + equivalent + inconclusive + spare;
  if (tried === 0) return 'of the safety measures that can be taken away, it has none.';
  return `${count(tried, 'safety measure')} taken away, one at a time: ${counted.join(', ')}.`;
}

function brokenBy({ property = '', crashes = 0, faults = 0, needs = [] }: Mutant): string {
  const price = [
    ...(crashes > 0 || faults === 0 ? [crashes === 0 ? 'without a crash' : count(crashes, 'crash')] : []),
    ...(faults > 0 ? [needs.join(', ')] : []),
  ];
  return `breaks ${property}, ${price.join(', ')}`;
}
