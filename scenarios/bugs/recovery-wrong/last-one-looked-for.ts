import { defineScenario, defineService, queue } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { stepOf } from '../services/step-of.js';

const storage = defineService({
  initial: { files: [] as readonly string[] },
  requests: {
    put({ files }, { id }: { id: string }) {
      return { state: { files: [...files, id].sort() }, result: undefined, effect: 'done', text: `${id} is stored` };
    },
    has: (state, { id }: { id: string }) => ({
      state,
      result: state.files.includes(id),
      effect: 'none',
      text: `${id} is ${state.files.includes(id) ? '' : 'not '}there`,
    }),
  },
});
const services = { storage };

/** All parts are stored at once. Recovery finds the last one, and takes those before it for stored as well. */
const flow = (repaired: boolean) =>
  defineScenario({
    name: 'last-one-looked-for',
    title: 'store two parts at once, unless they are there',
    services,
    keys: ['part 1', 'part 2'],
    steps: [stepOf('storage.put', 'store', 'stored-once')],
    goal: {
      property: 'upload-ends',
      reached: (world) => world.storage.files.length > 0,
      missed: (where) => `Nothing is ever stored: ${where}.`,
    },
    patterns: [
      queue<typeof services>({
        messages: [{ name: 'upload', data: { id: 'u1' } }],
        jobs: ({ services: clients }) => ({
          async upload() {
            const has = (id: string): Promise<boolean> => clients.storage.has({ id });
            const second = await has('part 2');
            const first = repaired ? await has('part 1') : second;
            await Promise.all([
              first || clients.storage.put({ id: 'part 1' }),
              second || clients.storage.put({ id: 'part 2' }),
            ]);
          },
        }),
      }),
    ],
    assumes: [],
  });

export default defineBug({
  id: 'last-one-looked-for',
  family: 'recovery-wrong',
  pattern: 'queue',
  measure: 'a look for each effect',
  fault: 'crash',
  crashes: 1,
  faults: 0,
  workers: 1,
  parallel: true,
  breaks: 'stored-once',
  invisibleAtEnd: false,
  retells: {
    what: 'rocky #1814: a resume finds a checkpoint of the last table, and skips what was not done',
    url: 'https://github.com/rocky-data/rocky/issues/1814',
  },
  search: {},
  buggy: flow(false),
  repaired: flow(true),
});
