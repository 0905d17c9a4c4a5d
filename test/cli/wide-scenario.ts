/** A scenario whose search has no end in sight: seven activities at once, in every order. */
export const WIDE_SCENARIO = `
import { activities, workflow } from 'crashwise/engine';
import { defineScenario, defineService, durable, type ServiceClients } from 'crashwise/simulator';

const lamps = defineService({
  initial: { on: 0 },
  requests: {
    light: ({ on }, { lamp }: { lamp: number }) => ({ state: { on: on + 1 }, result: lamp, effect: 'done', text: 'on' }),
  },
  view: ({ on }) => Math.min(on, 2),
});
const services = { lamps };
const own = ({ lamps: { light } }: ServiceClients<typeof services>) => ({ light: (lamp: number) => light({ lamp }) });
const { light } = activities<ReturnType<typeof own>>();
const wide = workflow('wide', async () => {
  await Promise.all([1, 2, 3, 4, 5, 6, 7].map((lamp) => light(lamp)));
});
const step = { title: 'light', effect: 'lamps.light', class: 'at-least-once' as const, property: 'lit' };
process.stderr.write('loaded');
export default defineScenario({
  name: 'wide',
  title: 'seven at once',
  services,
  keys: ['w'],
  steps: [{ ...step, key: () => 'w', text: () => 'light', twice: () => 'twice', never: () => 'never' }],
  goal: { property: 'ends', reached: ({ lamps: { on } }) => on > 0, missed: (where) => where },
  patterns: [durable({ workflow: wide, activities: own, start: { id: 'w', input: null } })],
  assumes: [],
});
`;

/** One whose states have no end: a service that counts each crash, and cuts the count nowhere. */
export const GROWING_SCENARIO = WIDE_SCENARIO.replace('[1, 2, 3, 4, 5, 6, 7]', '[1]')
  .replace('  view: ({ on }) => Math.min(on, 2),\n', '')
  .replace("name: 'wide'", "name: 'growing'");
