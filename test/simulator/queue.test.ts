import { queue, simulate, type QueueOptions, type QueueTools, type Scenario } from 'crashwise/simulator';
import { describe, expect, test } from 'vitest';
import { toyScenario, type toyServices } from './toy.js';

// Goal: each safety measure of a queue has a flow that needs it: proved with it, violated without.

type Tools = QueueTools<typeof toyServices>;
type Options = QueueOptions<Tools>;

const one = [{ name: 'flash', data: { id: 'a' } }];
const keyed: Options['jobs'] = ({ services: { lamp } }) => ({
  flash: async (job) => lamp.flash({ what: job.data.id as string, key: job.id }),
});

async function run(options: Partial<Options>, changes: Partial<Scenario> = {}) {
  const pattern = queue<typeof toyServices>({ messages: one, jobs: keyed, ...options });
  const keys = (options.messages ?? one).map(({ data }) => data.id);
  const { runs } = await simulate({ scenarios: [{ ...toyScenario([pattern], keys), ...changes }] });
  return runs[0]!;
}

async function verdictOf(options: Partial<Options>, changes: Partial<Scenario> = {}) {
  const { verdict, violations, stoppedBy } = await run(options, changes);
  const broken = violations.map(({ property, sentence, crashes }) => `${property} ${crashes}: ${sentence}`);
  return { verdict, stoppedBy, broken };
}

const PROVED = { verdict: 'proved', stoppedBy: 'closed', broken: [] };

describe('a message is delivered until it is acknowledged', () => {
  test('with a key, any number of crashes does no harm', async () => {
    expect(await verdictOf({})).toEqual(PROVED);
  });

  test('without a key, a crash before the acknowledgement does it twice', async () => {
    const jobs: Options['jobs'] = ({ services: { lamp } }) => ({ flash: () => lamp.flash({ what: 'a' }) });
    expect(await verdictOf({ jobs })).toMatchObject({
      verdict: 'violated',
      broken: ['flashed-once 1: a flashed twice.'],
    });
  });
});
