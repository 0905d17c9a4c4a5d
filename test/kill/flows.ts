import { activities, activityInfo, sleep, workflow } from 'crashwise/engine';
import { defineScenario, defineService, durable, type Scenario, type ServiceClients } from 'crashwise/simulator';
import signup from '../../scenarios/signup/scenario.js';

const desk = defineService({
  initial: { done: {} as Readonly<Record<string, string>> },
  requests: {
    request(state, { what, key }: { what: string; key: string }) {
      const known = state.done[key] !== undefined;
      const done = known ? state.done : { ...state.done, [key]: what };
      return {
        state: { done },
        result: `${what} done`,
        effect: known ? 'refused' : 'done',
        text: `the desk does ${what}`,
      };
    },
  },
});

const step = (title: string) => ({
  title,
  effect: 'desk.request',
  class: 'exactly-once' as const,
  property: 'done-once',
  key: ({ what }: { what: string }) => what,
  text: ({ what }: { what: string }) => `ask the desk for ${what}`,
  twice: (key: string) => `${key} was done twice.`,
  never: (key: string) => `${key} was never done.`,
});

type Desk = ServiceClients<{ desk: typeof desk }>;
const deskActivities = ({ desk: client }: Desk) => ({
  ask: (what: string) => client.request({ what, key: activityInfo().idempotencyKey }),
});
const { ask } = activities<ReturnType<typeof deskActivities>>();

/** A check, a wait, and a step that depends on the check. */
const nudge = workflow('nudge', async ({ waitMs }: { waitMs: number }) => {
  const found = await ask('check');
  await sleep(waitMs);
  return found === 'check done' ? ask('nudge') : 'nothing to do';
});

/** Two steps side by side, then one that needs both. */
const fanOut = workflow('fan-out', async () => {
  const parts = await Promise.all([ask('left'), ask('right')]);
  return ask(parts.join(' and '));
});

function scenarioOf(
  name: string,
  keys: readonly string[],
  definition: typeof nudge | typeof fanOut,
  input: unknown,
): Scenario {
  return defineScenario({
    name,
    title: name,
    services: { desk },
    keys,
    steps: [step(name)],
    goal: {
      property: 'ends',
      reached: (world) => Object.keys(world.desk.done).length === keys.length,
      missed: (where) => `It never ends: ${where}.`,
    },
    patterns: [
      durable({
        workflow: definition as typeof nudge,
        activities: deskActivities,
        start: { id: name, input: input as { waitMs: number } },
      }),
    ],
    assumes: [],
  }) as unknown as Scenario;
}

/** The scenarios that are killed for real. The wait is short, so that a process with a real clock gets past it. */
export const flows: Readonly<Record<string, Scenario>> = {
  signup: signup as unknown as Scenario,
  nudge: scenarioOf('nudge', ['check', 'nudge'], nudge, { waitMs: 40 }),
  'fan-out': scenarioOf('fan-out', ['left', 'right', 'left done and right done'], fanOut, {}),
};
