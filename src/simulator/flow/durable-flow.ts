import { activities, ActivityFailure, activityInfo, sleep, workflow, type Json } from '../../engine/index.js';
import type { Pattern } from '../pattern.js';
import { durable } from '../patterns/durable.js';
import type { Services } from '../service.js';
import { StepRefused, type Flow, type FlowStep, type StepTools } from './flow.js';

const REFUSED = new StepRefused().name;

type Results = Readonly<Record<string, Json | null>>;
type StepActivities = Record<string, (results: Results) => Promise<Json | null>>;

/**
 * The flow as a workflow, an activity for each step: results and waits are in the history, and keys are the engine's. A
 * step that is refused is not tried again.
 */
export function durableFlow<S extends Services, Input>(flow: Flow<S, Input>): Pattern {
  const call = activities<StepActivities>({ retry: { nonRetryableErrors: [REFUSED] } });
  const definition = workflow<undefined, void>('flow', async () => {
    const results: Record<string, Json | null> = {};
    for (const [index, step] of flow.steps.entries()) {
      if (step.waitMs !== undefined) {
        await sleep(step.waitMs);
        continue;
      }
      try {
        results[step.name] = (await call[step.name]!(results)) ?? null;
      } catch (error) {
        if (!(error instanceof ActivityFailure) || error.failure.name !== REFUSED) throw error;
        const undone = flow.steps.slice(0, index).filter(({ undo }) => undo);
        for (const { name } of undone.reverse()) await call[`undo ${name}`]!(results);
        return;
      }
    }
  });
  return durable<S, undefined>({
    workflow: definition,
    start: { id: flow.id, input: undefined },
    activities: (services) => {
      const toolsOf = (results: Results): StepTools<S, Input> => ({
        services,
        input: flow.input,
        key: activityInfo().idempotencyKey,
        resultOf: <T>(name: string) => Promise.resolve(results[name] as T),
      });
      const of = ({ name, run, undo }: FlowStep<S, Input>): [string, unknown][] => [
        [name, async (results: Results) => run?.(toolsOf(results))],
        [`undo ${name}`, async (results: Results) => undo?.(toolsOf(results))],
      ];
      return Object.fromEntries(flow.steps.flatMap(of));
    },
  });
}
