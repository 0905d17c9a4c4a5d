import type { Machine } from '../pattern.js';
import { MessageQueue } from '../patterns/message-queue.js';
import { all } from './all.js';
import { atResources } from './at-resources.js';
import { atWorkflow } from './at-workflow.js';
import type { Operator } from './operator.js';

/** What lets an activity, or a message, fail for good is gone: a limit on attempts, errors that are not tried again. */
export const retryCapRemoved: Operator = {
  name: 'retry-cap-removed',
  text: 'what fails is tried again without end',
  make: (applied, { endings }) =>
    all(
      atWorkflow({
        begin(run) {
          const activity = run.activity.bind(run);
          run.activity = (name, args, options) => {
            const { maximumAttempts, nonRetryableErrors, ...retry } = options.retry ?? {};
            if (maximumAttempts === undefined && nonRetryableErrors === undefined) return activity(name, args, options);
            applied();
            return activity(name, args, { ...options, retry });
          };
        },
      }),
      atResources((resource) => {
        // What is parked is redriven: such a scenario says that with or without the cap, it goes on.
        if (!(resource instanceof MessageQueue) || endings?.parked === 'redriven') return;
        const receive = resource.receive.bind(resource);
        resource.receive = (handle, life) => {
          const before = resource.part;
          const message = receive(handle, life);
          if (resource.part.parked.length === before.parked.length) return message;
          applied();
          const again = (deliveries: number): number => deliveries - 1;
          const waiting = before.waiting.map((one) =>
            one.handle === handle ? { ...one, deliveries: again(one.deliveries) } : one,
          );
          resource.part = { ...before, waiting };
          return receive(handle, life);
        };
      }),
    ),
};

const CLOCK = 'read the clock';

/**
 * What the guard set to `traced` lets through: workflow code that reads the clock gets the time of its process instead of
 * the recorded one. A flow that is proved reads none, so one reading is planted, as an argument of an activity. No two
 * processes have the same time, and each has its own from the durable state, as everything must: the clock of this
 * machine would give another answer each time that a life is run again.
 */
export const liveClock: Operator = {
  name: 'live-clock',
  text: 'the workflow reads a clock that nobody records: each life reads another time',
  make(applied) {
    const fast = new WeakMap<Machine, number>();
    return atWorkflow({
      async begin(run, machine) {
        if (!fast.has(machine)) fast.set(machine, Number(machine.surroundings.freshId().replaceAll(/\D/g, '')));
        run.now = () => {
          applied();
          return machine.life.now + fast.get(machine)!;
        };
        await run.activity(CLOCK, [Date.now()], {});
      },
      activities: { [CLOCK]: () => null },
    });
  },
};
