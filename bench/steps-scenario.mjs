import { activities, workflow } from '../dist/engine/index.js';
import { defineService, durable } from '../dist/simulator/index.js';

/** A service that knows how far it has come, and refuses what it has done. */
export const counter = defineService({
  initial: { last: 0 },
  requests: {
    step({ last }, i) {
      if (i <= last) return { state: { last }, result: i, effect: 'refused', text: `the service has done step ${i}` };
      return { state: { last: i }, result: i, effect: 'done', text: `the service does step ${i}` };
    },
  },
});

/** n steps in a row, with what `new World` takes. */
export function stepsScenario(n) {
  const { step } = activities();
  const steps = workflow('steps', async () => {
    for (let i = 1; i <= n; i += 1) await step(i);
  });
  const keys = Array.from({ length: n }, (_, i) => `${i + 1}`);
  const pattern = durable({
    workflow: steps,
    activities: ({ counter: client }) => ({ step: (i) => client.step(i) }),
    start: { id: 'run', input: undefined },
  });
  const scenario = {
    name: 'steps',
    title: `${n} steps in a row`,
    services: { counter },
    keys,
    steps: [
      {
        title: 'step',
        effect: 'counter.step',
        class: 'exactly-once',
        property: 'once',
        key: (i) => String(i),
        text: (i) => `step ${i}`,
        twice: (key) => `Step ${key} was done twice.`,
        never: (key) => `Step ${key} was never done.`,
      },
    ],
    goal: {
      property: 'ends',
      reached: (world) => world.counter.last === n,
      missed: (where) => `It never ends: ${where}.`,
    },
    patterns: [pattern],
    assumes: [],
  };
  return [scenario, pattern];
}
