import { defineScenario, queue } from 'crashwise/simulator';
import { importJobs, VISIBILITY_MS } from './queue.js';
import { services } from './services.js';

export default defineScenario({
  name: 'nightly-import',
  title: 'empty a table and load it anew, in a job that takes longer than its message is hidden',
  services,
  keys: ['t1'],
  steps: [
    {
      title: 'load rows',
      effect: 'warehouse.load',
      class: 'at-least-once',
      property: 'loaded',
      key: () => 't1',
      text: () => 'load the rows',
      twice: (table) => `Table ${table} was loaded twice.`,
      never: (table) => `Table ${table} was never loaded.`,
    },
  ],
  goal: {
    property: 'import-ends',
    reached: ({ warehouse }) => warehouse.copies === 1,
    missed: (where) => `Table t1 does not hold each row once: ${where}.`,
  },
  invariants: [
    {
      property: 'no-row-twice',
      holds: ({ warehouse }) => warehouse.copies < 2,
      broken: () => 'Each row is in table t1 twice.',
    },
  ],
  patterns: [
    queue<typeof services>({
      messages: [{ name: 'import', data: { id: 't1' } }],
      visibilityMs: VISIBILITY_MS,
      concurrency: 2,
      jobs: importJobs,
    }),
  ],
  hints: { 'no-row-twice': 'extend the visibility before each long part, and stop where that is refused' },
  pages: { 'no-row-twice': 'scenarios/nightly-import/README.md', 'import-ends': 'docs/errors/never-ends.md' },
  assumes: [
    'the first download is slow, and those after it are not',
    'all I/O of the flow goes through the service of this scenario',
  ],
});
