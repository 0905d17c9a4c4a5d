import { readFileSync } from 'node:fs';
import { errorSchema, simulationSchema } from 'crashwise/results';
import { beforeAll, expect, test } from 'vitest';
import { crashwise, installed, project } from './installed.js';

beforeAll(installed, 240_000);

// Goal: a scenario that hides something from the world costs the others nothing, and its author one look. Method: two
// scenarios of a user's, of which one takes its key from the machine, on the command line.

/** Charges a card with a key; `KEY` is what makes it, on line 9. */
const SCENARIO = (name: string, key: string): string => `
import { defineScenario, defineService, durable } from 'crashwise/simulator';
import { activities, activityInfo, workflow } from 'crashwise/engine';
import { readFileSync } from 'node:fs';

const make = ({ cards }: any) => ({
  async charge() {
    ${name === 'waiting' ? 'await new Promise((resolve) => setTimeout(resolve, 50));' : ''}
    const key = ${key};
    await cards.charge({ key });
  },
});
const flow = activities<ReturnType<typeof make>>();
const cards = defineService({
  initial: { keys: [] as readonly string[] },
  requests: {
    charge({ keys }, { key }: { key: string }) {
      if (keys.includes(key)) return { state: { keys }, result: null, effect: 'refused', text: 'it is known' };
      return { state: { keys: [...keys, key] }, result: null, effect: 'done', text: 'the card is charged' };
    },
  },
});
export default defineScenario({
  name: '${name}',
  title: 'charge a card',
  services: { cards },
  keys: ['a'],
  steps: [{
    title: 'charge', effect: 'cards.charge', class: 'exactly-once', property: 'charged-once',
    key: () => 'a', text: ({ key }: { key: string }) => 'charge, key ' + key, twice: () => 'Twice.', never: () => 'Never.',
  }],
  goal: { property: 'ends', reached: ({ cards }) => cards.keys.length > 0, missed: (where) => where },
  patterns: [durable({ workflow: workflow('f', () => flow.charge()), activities: make, start: { id: 'a', input: undefined as never } })],
  assumes: [],
});
`;

const KEYED = 'activityInfo().idempotencyKey';
const HERE = project({
  'scenarios/random/scenario.ts': SCENARIO('random', '`k${Math.random()}`'),
  'scenarios/waiting/scenario.ts': SCENARIO('waiting', KEYED),
  'scenarios/sound/scenario.ts': SCENARIO('sound', KEYED),
});

test('the run is inconclusive with the call and its line, the other scenarios are run, and it ends with 4', async () => {
  const { code, stdout, stderr } = await crashwise(HERE, ['simulate', 'random', 'waiting', 'sound']);
  expect({ code, stderr }).toEqual({ code: 4, stderr: '' });
  const screen = stdout.replaceAll(/\s+/g, ' ');
  expect(screen).toMatch(/first cards\.charge\.before, charge, key k0\.\d+; then cards\.charge\.before/);
  expect(screen).toContain('They part at scenarios/random/scenario.ts:10.');
  expect(screen).toContain('scenarios/random/scenario.ts:9 calls Math.random(), which the simulation does not see.');
  expect(screen).toContain('scenarios/waiting/scenario.ts:8 calls setTimeout(), which the simulation does not see.');
  expect(screen).toContain('1 proved, 2 inconclusive');
});

test('the document, JUnit and GitHub tell it, too', async () => {
  const args = [
    'simulate',
    'random',
    'sound',
    '--reporter',
    'json=r.json',
    '--reporter',
    'junit=r.xml',
    '--reporter',
    'github=r.txt',
  ];
  expect((await crashwise(HERE, args)).code).toBe(4);
  const read = (file: string): string => readFileSync(`${HERE}/${file}`, 'utf8');
  const { runs } = simulationSchema.parse(JSON.parse(read('r.json')));
  expect(runs).toMatchObject([
    {
      verdict: 'inconclusive',
      stoppedBy: 'unsteady',
      violations: [],
      unseen: {
        location: { file: 'scenarios/random/scenario.ts', line: 10 },
        calls: [{ call: 'Math.random()', location: { file: 'scenarios/random/scenario.ts', line: 9 } }],
      },
    },
    { verdict: 'proved' },
  ]);
  expect(runs[1]!.certificate.assumes.filter((line) => line.includes('makes no difference'))).toEqual([]);
  const called = 'scenarios/random/scenario.ts:9 calls Math.random(), which the simulation does not see.';
  expect(read('r.xml')).toMatch(/<error message="[^"]*" type="inconclusive"/);
  expect(read('r.xml')).toContain(called);
  expect(read('r.txt')).toMatch(/^::warning title=random \(durable\)%3A inconclusive::/);
  expect(read('r.txt')).toContain(called);
});

test('a schedule that does not fit it ends with 2, as ever', async () => {
  const { code, stdout } = await crashwise(HERE, ['simulate', 'random', '--json', '--schedule', 'durable:no.landed']);
  expect({ code, error: errorSchema.parse(JSON.parse(stdout)).code }).toEqual({ code: 2, error: 'schedule-misfit' });
});
