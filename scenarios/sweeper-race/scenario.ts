import { accidental, defineScenario, queue } from 'crashwise/simulator';
import { bonusApp } from './accidental.js';
import { bonusJobs } from './queue.js';
import { services } from './services.js';

const TEN_MINUTES_MS = 600_000;

export default defineScenario({
  name: 'sweeper-race',
  title: 'a sweeper puts a bonus back into the queue while its job is in flight',
  services,
  keys: ['b1'],
  steps: [
    {
      title: 'credit bonus',
      effect: 'wallet.credit',
      class: 'exactly-once',
      property: 'credited-once',
      key: ({ id }: { id: string }) => id,
      text: ({ id, where }: { id: string; where?: string }) =>
        `credit bonus ${id}${where === undefined ? '' : `, where it is ${where}`}`,
      twice: (id) => `Bonus ${id} was credited twice.`,
      never: (id) => `Bonus ${id} was never credited.`,
    },
  ],
  goal: {
    property: 'bonus-ends',
    reached: ({ wallet }) => wallet.bonus === 'credited',
    missed: (where) => `Bonus b1 is never credited: ${where}.`,
  },
  patterns: [
    queue<typeof services>({
      messages: [
        { name: 'credit', data: { id: 'b1' } },
        { name: 'credit', data: { id: 'b1' }, id: 'b1 again' }, // What the sweeper has put back.
      ],
      concurrency: 2,
      jobs: bonusJobs,
    }),
    accidental({
      request: { id: 'b1' },
      stuckAfterMs: TEN_MINUTES_MS,
      sweepEveryMs: TEN_MINUTES_MS,
      app: bonusApp,
    }),
  ],
  expected: { queue: { verdict: 'violated', properties: ['credited-once'] } },
  hints: { 'credited-once': "look and act in one statement: wallet.credit({ id, where: 'due' })" },
  pages: { 'credited-once': 'docs/errors/charged-twice.md', 'bonus-ends': 'docs/errors/never-ends.md' },
  assumes: [
    'each request to the database is one statement, which happens whole or not at all',
    'all I/O of the flow goes through the 2 services of this scenario',
  ],
});
