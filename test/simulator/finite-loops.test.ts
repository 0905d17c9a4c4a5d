import {
  defineScenario,
  defineService,
  queue,
  reconciler,
  simulate,
  type QueueOptions,
  type QueueTools,
  type Pattern,
  type Scenario,
  type ServiceClients,
} from 'crashwise/simulator';
import { expect, test } from 'vitest';
import { toyScenario, type toyServices } from './toy.js';

// Goal: a loop of the user's that ends is not taken for one that does not, however much its rounds look alike.

type Tools = QueueTools<typeof toyServices>;
type Jobs = QueueOptions<Tools>['jobs'];
const messages = (...ids: string[]) => ids.map((id) => ({ name: 'flash', data: { id } }));
const run = async (options: Partial<QueueOptions<Tools>> & { jobs: Jobs }, ids: string[], search: object = {}) => {
  const pattern = queue<typeof toyServices>({ messages: messages(...ids), ...options });
  const { runs } = await simulate({ scenarios: [toyScenario([pattern], ids)], budgetMs: 30_000, ...search });
  const { verdict, violations, stoppedBy } = runs[0]!;
  return { verdict, stoppedBy, broken: violations.map((v) => `${v.crashes}+${v.faults}: ${v.sentence} ${v.schedule}`) };
};
const PROVED = { verdict: 'proved', stoppedBy: 'closed', broken: [] };

// a correct job with four or more heartbeats is "violated", without any crash.
test('a job that keeps its message for five beats is proved', async () => {
  const jobs: Jobs = ({ services: { lamp }, sleep }) => ({
    async flash(job) {
      for (let beat = 0; beat < 5; beat += 1) {
        await job.extend(30_000);
        await sleep(10_000);
      }
      await lamp.flash({ what: 'a', key: 'a' });
    },
  });
  expect(await run({ jobs }, ['a'])).toEqual(PROVED);
});

/** An oven that never gets ready by itself: whoever waits for it gives up, some time. */
const oven = defineService({
  initial: { given: 0 },
  requests: {
    ready: (state) => ({ state, result: state.given > 0, effect: 'none', text: 'looks' }),
    giveUp: (_state, _order: { what: string }) => ({
      state: { given: 1 },
      result: null,
      effect: 'done',
      text: 'given up',
    }),
  },
});
const services = { oven };
const verdictOfPoll = async (pattern: Pattern) => {
  const scenario = defineScenario({
    name: 'poll',
    title: 'poll',
    services,
    keys: ['a'],
    steps: [
      {
        title: 'give up',
        effect: 'oven.giveUp',
        class: 'at-least-once',
        property: 'given-up',
        key: () => 'a',
        text: () => '',
        twice: () => '',
        never: () => 'never given up',
      },
    ],
    goal: { property: 'ends', reached: (world) => world.oven.given > 0, missed: (where) => where },
    patterns: [pattern],
    assumes: [],
  });
  const { runs } = await simulate({ scenarios: [scenario as unknown as Scenario] });
  return runs[0]!.verdict;
};

const poll = async (client: ServiceClients<typeof services>['oven'], sleep: (ms: number) => Promise<void>) => {
  for (let look = 0; look < 5; look += 1) {
    if (await client.ready()) return;
    await sleep(10_000);
  }
  await client.giveUp({ what: 'a' });
};

test('a job that polls five times, then gives up, is proved', async () => {
  const jobs: QueueOptions<QueueTools<typeof services>>['jobs'] = ({ services: clients, sleep }) => ({
    flash: () => poll(clients.oven, sleep),
  });
  const pattern = queue<typeof services>({ messages: messages('a'), visibilityMs: 3_600_000, jobs });
  expect(await verdictOfPoll(pattern)).toBe('proved');
});

// two keyed messages, one error, a backoff as long as the visibility.
test('two keyed messages stand an error, whatever the backoff', async () => {
  const jobs: Jobs = ({ services: { lamp } }) => ({
    flash: (job) => lamp.flash({ what: job.data.id as string, key: job.id }),
  });
  expect(await run({ jobs, backoffMs: 30_000 }, ['a', 'b'], { faults: ['error'], maxFaults: 1 })).toEqual(PROVED);
});

// it goes round for ever, with two waits of one key in each round.
test('a message that each delivery outlasts, always with a job under way, never ends', async () => {
  const jobs: Jobs = ({ services: { lamp }, sleep }) => ({
    async flash() {
      await sleep(40_000);
      await lamp.flash({ what: 'a', key: 'a' });
    },
  });
  expect(await run({ jobs, concurrency: 2 }, ['a'])).toMatchObject({ verdict: 'violated', stoppedBy: 'closed' });
});

// A pass of a reconciler that waits five times for something that another system does not do.
test('a pass that looks five times, then acts, is proved', async () => {
  const pattern = reconciler<typeof services, object>({
    desired: { title: 'given', state: {} },
    pass: (_desired, { services: clients, sleep }) => poll(clients.oven, sleep),
  });
  expect(await verdictOfPoll(pattern)).toBe('proved');
});
