import { defineScenario, defineService, queue, type QueueOptions, type QueueTools } from 'crashwise/simulator';

/** A table that is emptied and filled again. Of two imports that cut into each other, it keeps both. */
const table = defineService({
  initial: { copies: 0 },
  requests: {
    clear: (_state) => ({ state: { copies: 0 }, result: null, effect: 'done', text: 'the table is empty' }),
    load: ({ copies }) => ({
      state: { copies: Math.min(copies + 1, 2) },
      result: null,
      effect: 'done',
      text: 'the rows are loaded',
    }),
  },
});
const services = { table };
type Tools = QueueTools<typeof services>;

/** It takes longer than the visibility: a heartbeat before it keeps a second worker away. */
const withHeartbeat: QueueOptions<Tools>['jobs'] = ({ services: { table: rows }, sleep }) => ({
  async import(job) {
    await job.extend(60_000);
    await rows.clear();
    await sleep(40_000); // The download.
    await rows.load();
  },
});

/** The first download may take longer than anybody thought: who has lost the message by then stops. */
const withCheck: QueueOptions<Tools>['jobs'] = ({ services: { table: rows }, sleep }) => ({
  async import(job) {
    await sleep(job.deliveries === 1 ? 40_000 : 10_000);
    await job.extend(30_000); // Throws if somebody else has it.
    await rows.clear();
    await rows.load();
  },
});

const importOf = (name: string, jobs: QueueOptions<Tools>['jobs']) =>
  defineScenario({
    name,
    title: 'import a table every night',
    services,
    keys: ['t1'],
    steps: [
      {
        title: 'load rows',
        effect: 'table.load',
        class: 'at-least-once',
        property: 'loaded',
        key: () => 't1',
        text: () => 'load the rows',
        twice: () => 'The rows were loaded twice.',
        never: () => 'The rows were never loaded.',
      },
    ],
    goal: {
      property: 'import-ends',
      reached: (world) => world.table.copies === 1,
      missed: (where) => `The table is not as it should be: ${where}.`,
    },
    invariants: [
      {
        property: 'no-row-twice',
        holds: (world) => world.table.copies < 2,
        broken: () => 'Each row is in the table twice.',
      },
    ],
    patterns: [queue<typeof services>({ messages: [{ name: 'import', data: { id: 't1' } }], jobs, concurrency: 2 })],
    assumes: [],
  });

export const nightlyImport = importOf('nightly-import', withHeartbeat);
export const checkedImport = importOf('checked-import', withCheck);
