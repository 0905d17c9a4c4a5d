import type { Pattern } from '../pattern.js';
import { queue, type QueueOptions, type QueueTools } from '../patterns/queue.js';
import type { Services } from '../service.js';
import { StepRefused, type Flow } from './flow.js';
import { keepingResults, type KeptResults } from './kept-results.js';
import { StepRunner } from './step-runner.js';

interface Options<S extends Services> extends Omit<QueueOptions<QueueTools<S>>, 'messages' | 'jobs' | 'outbox'> {
  /** Steps whose results are written to a row beside the queue: more than a queue has by itself. Default: none. */
  readonly keeps?: readonly string[];
}

/**
 * The flow as one job of a queue: a message, and how often it was delivered. Results live in memory, so each delivery
 * begins with the first step. A wait extends the visibility of the message for its time.
 */
export function queueFlow<S extends Services, Input>(flow: Flow<S, Input>, options: Options<S> = {}): Pattern {
  const { keeps = [], ...limits } = options;
  const { visibilityMs = 30_000 } = limits;
  const make = (kept: KeptResults | undefined): Pattern =>
    queue<S>({
      ...limits,
      messages: [{ name: 'flow', data: { id: flow.id } }],
      jobs: ({ services, sleep }) => ({
        async flow(job) {
          const runner = new StepRunner(flow, services, kept);
          for (const [index, step] of flow.steps.entries()) {
            if (step.waitMs !== undefined) {
              await job.extend(step.waitMs + visibilityMs);
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
      }),
    });
  return keepingResults(keeps, make);
}
