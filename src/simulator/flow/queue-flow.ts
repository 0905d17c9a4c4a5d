import type { Pattern } from '../pattern.js';
import { queue, type QueueOptions, type QueueTools } from '../patterns/queue.js';
import type { Services } from '../service.js';
import { StepRefused, type Flow } from './flow.js';
import { StepRunner } from './step-runner.js';

type Options<S extends Services> = Omit<QueueOptions<QueueTools<S>>, 'messages' | 'jobs' | 'outbox'>;

/**
 * The flow as one job of a queue: a message, and how often it was delivered. Results live in memory, so each delivery
 * begins with the first step. A wait extends the visibility of the message for its time.
 */
export function queueFlow<S extends Services, Input>(flow: Flow<S, Input>, options: Options<S> = {}): Pattern {
  const { visibilityMs = 30_000 } = options;
  return queue<S>({
    ...options,
    messages: [{ name: 'flow', data: { id: flow.id } }],
    jobs: ({ services, sleep }) => ({
      async flow(job) {
        const runner = new StepRunner(flow, services);
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
}
