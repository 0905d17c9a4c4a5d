import type { FuzzPlan, ValueSource } from 'crashwise/determinism';
import { createRuntime, type Command, type Execution, type History, type Workflow } from 'crashwise/engine';
import fc from 'fast-check';
import { lab } from '../engine/lab.js';

/** What became of a workflow in the reference engine with the guard on, and what the traced guard noted. */
export interface Outcome {
  readonly execution: Execution;
  readonly history: History;
  /** Ambient calls as `call:line`, without doubles. */
  readonly noted: readonly string[];
}

/** Runs a workflow in a worker with the guard on, with values from its plan, then traces it over that history. */
export async function runGuarded(definition: Workflow, plan: FuzzPlan, seed: number): Promise<Outcome> {
  let draws = 0;
  const draw = (source: ValueSource, args: readonly unknown[] = []): unknown => {
    if (typeof source === 'function') return source(...args);
    if (!isArbitrary(source)) return source;
    draws += 1;
    return fc.sample(source, { seed: seed * 1_000 + draws, numRuns: 1 })[0];
  };
  const results = Object.entries(plan.results ?? {});
  const activities = results.map(([name, source]) => [name, (...args: unknown[]) => draw(source, args)]);
  const { client, work, settle } = lab();
  work([definition], Object.fromEntries(activities) as object);
  await client.start(definition.name, { id: 'zoo', input: draw(plan.input ?? null) });
  for (const [name, source] of Object.entries(plan.signals ?? {})) {
    await client.signal('zoo', name, ...(draw(source) as string[]));
  }
  await settle();
  const [execution] = await client.list();
  const history = await client.history('zoo');
  const { ambient } = await createRuntime([definition], { guard: 'traced' }).decide(history);
  return {
    execution: execution!,
    history,
    noted: [...new Set(ambient.map(({ call, location }) => at(call, location)))],
  };
}

/** What the guard does with a workflow, judged by many runs of it: at least one is blocked, noted, or none is. */
export async function guardOf(definition: Workflow, plan: FuzzPlan, runs: number) {
  const outcomes: Outcome[] = [];
  for (let seed = 1; seed <= runs; seed += 1) outcomes.push(await runGuarded(definition, plan, seed));
  const problems = outcomes.flatMap(({ execution }) => execution.problem ?? []);
  const noted = [...new Set(outcomes.flatMap((outcome) => outcome.noted))];
  const refused = problems.filter(({ code }) => code === 'ambient-call').map(({ details }) => details as Located);
  return {
    verdict: refused.length > 0 ? 'refused' : noted.length > 0 ? 'recorded' : 'unseen',
    /** Where, as `call:line`, the guard saw it. */
    seen: [...new Set([...noted, ...refused.map(({ call, location }) => at(call, location))])],
    /** Ways to end that say that the case itself is broken: stuck, or an error that nobody threw on purpose. */
    broken: outcomes.flatMap(({ execution, history }) => oddEnd(execution, history)),
  };
}

type Located = { readonly call: string; readonly location: string };
const at = (call: string, location: string): string => `${call}:${/:(\d+):\d+$/.exec(location)?.[1] ?? '?'}`;

function oddEnd({ status, problem }: Execution, history: History): string[] {
  if (status === 'blocked') return problem?.code === 'ambient-call' ? [] : [`blocked: ${problem?.message}`];
  if (status === 'running') return ['never ends'];
  const last = history.at(-1);
  const ending: Command | undefined = last?.type === 'decided' ? last.commands.at(-1) : undefined;
  const isOdd = ending?.kind === 'fail' && ending.failure.name !== 'Error';
  return isOdd ? [`${ending.failure.name}: ${ending.failure.message}`] : [];
}

function isArbitrary(source: ValueSource): source is fc.Arbitrary<unknown> {
  return typeof source === 'object' && source !== null && 'generate' in source;
}
