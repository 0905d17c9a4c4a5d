import type { Pattern } from '../pattern.js';
import { reconciler, type ReconcilerOptions } from '../patterns/reconciler.js';
import type { Services } from '../service.js';
import { StepRefused, type Flow } from './flow.js';
import { keepingResults, type KeptResults } from './kept-results.js';
import { StepRunner } from './step-runner.js';

interface Options<S extends Services, Input> extends Pick<ReconcilerOptions<S, Input>, 'resyncMs' | 'backoffMs'> {
  /** Steps whose results are written to a row: more than the desired state. Default: none. */
  readonly keeps?: readonly string[];
}

/**
 * The flow as passes of a reconciler, which wants all of it done. Each pass looks for the last step that the world shows
 * as done (`read`), and goes on after it; what nobody can read is not known to be done. A wait is a wait in memory.
 */
export function reconcilerFlow<S extends Services, Input>(
  flow: Flow<S, Input>,
  options: Options<S, Input> = {},
): Pattern {
  const { keeps = [], ...times } = options;
  const make = (kept: KeptResults | undefined): Pattern =>
    reconciler<S, Input>({
      ...times,
      desired: { title: `all of ${flow.id}`, state: flow.input },
      async pass(_, { services, sleep }) {
        const runner = new StepRunner(flow, services, kept);
        let next = flow.steps.length;
        while (next > 0 && !(await runner.isDone(flow.steps[next - 1]!))) next -= 1;
        for (const [index, step] of flow.steps.entries()) {
          if (index < next) continue;
          if (step.waitMs !== undefined) {
            await sleep(step.waitMs);
            continue;
          }
          try {
            await runner.run(step);
          } catch (error) {
            if (!(error instanceof StepRefused)) throw error;
            for (const done of flow.steps.slice(0, index).reverse()) await runner.undo(done);
            return;
          }
        }
      },
    });
  return keepingResults(keeps, make);
}
