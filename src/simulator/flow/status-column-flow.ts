import type { Pattern } from '../pattern.js';
import { statusColumn, type StatusColumnOptions } from '../patterns/status-column.js';
import type { Services } from '../service.js';
import { StepRefused, type Flow } from './flow.js';
import { keepingResults, type KeptResults } from './kept-results.js';
import { StepRunner } from './step-runner.js';

interface Options<S extends Services> extends Omit<StatusColumnOptions<S>, 'messages' | 'jobs' | 'initial'> {
  /** Steps whose results are written to the row as well: more than one column. Default: none. */
  readonly keeps?: readonly string[];
}

const DONE = 'done';
const undoing = (name: string): string => `undo ${name}`;

/**
 * The flow as one job of a queue, and one column that says which step is next, or is to be undone next. Results live in
 * memory: after a crash they are read back, or the step is run again. A wait extends the visibility of the message.
 */
export function statusColumnFlow<S extends Services, Input>(flow: Flow<S, Input>, options: Options<S> = {}): Pattern {
  const { id, steps } = flow;
  const { keeps = [], ...limits } = options;
  const { visibilityMs = 30_000 } = limits;
  const after = (index: number): string => steps[index + 1]?.name ?? DONE;
  const before = (index: number): string => (index > 0 ? undoing(steps[index - 1]!.name) : DONE);
  const make = (kept: KeptResults | undefined): Pattern =>
    statusColumn<S>({
      ...limits,
      messages: [{ name: 'flow', data: { id } }],
      initial: steps[0]?.name ?? DONE,
      jobs: ({ services, status, sleep }) => ({
        async flow(job) {
          const runner = new StepRunner(flow, services, kept);
          for (let at = await status.get(id); at !== undefined && at !== DONE; at = await status.get(id)) {
            const index = steps.findIndex(({ name }) => name === at || undoing(name) === at);
            const step = steps[index]!;
            let next = at === step.name ? after(index) : before(index);
            if (at !== step.name) {
              await runner.undo(step);
            } else if (step.waitMs !== undefined) {
              await job.extend(step.waitMs + visibilityMs);
              await sleep(step.waitMs);
            } else {
              try {
                await runner.run(step);
              } catch (error) {
                if (!(error instanceof StepRefused)) throw error;
                next = before(index);
              }
            }
            if (!(await status.set(id, at, next))) return; // Somebody else goes on with it.
          }
        },
      }),
    });
  return keepingResults(keeps, make);
}
