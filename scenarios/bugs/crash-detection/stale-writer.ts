import { defineScenario, defineService, queue } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { stepOf } from '../services/step-of.js';

interface Save {
  readonly id: string;
  readonly text: 'draft' | 'published';
  /** Saved only over this version. */
  readonly over?: number;
}

const page = defineService({
  initial: { version: 0, text: 'empty' },
  requests: {
    read: (state) => ({ state, result: state, effect: 'none', text: `version ${state.version}: ${state.text}` }),
    save(state, { text, over }: Save) {
      if (over !== undefined && over !== state.version)
        return { state, result: null, effect: 'refused', text: 'somebody else has saved it meanwhile' };
      const version = state.version + 1;
      return { state: { version, text }, result: version, effect: 'done', text: `version ${version}: ${text}` };
    },
  },
});
const services = { page };

/** A worker that stands still is taken for dead. It wakes, and writes what it was about to write before. */
const flow = (repaired: boolean) =>
  defineScenario({
    name: 'stale-writer',
    title: 'save a draft, then publish it',
    services,
    keys: ['p1'],
    steps: [stepOf('page.save', 'save', 'page-saved', 'at-least-once')],
    goal: {
      property: 'stays-published',
      reached: (world) => world.page.text === 'published',
      missed: (where) => `Page p1 is not published: ${where}.`,
    },
    patterns: [
      queue<typeof services>({
        messages: [{ name: 'publish', data: { id: 'p1' } }],
        jobs: ({ services: { page: pages } }) => ({
          async publish(job) {
            const { id } = job.data;
            const save = async (text: Save['text'], version: number): Promise<number> => {
              const saved = await pages.save({ id, text, ...(repaired ? { over: version } : {}) });
              if (saved === null) throw new Error('read it again');
              return saved;
            };
            let { version, text } = await pages.read();
            if (text === 'empty') version = await save('draft', version);
            await job.extend(30_000);
            if (text !== 'published') await save('published', version);
          },
        }),
      }),
    ],
    assumes: [],
  });

export default defineBug({
  id: 'stale-writer',
  family: 'crash-detection',
  pattern: 'queue',
  measure: 'compare-and-set on the version that was read',
  fault: 'zombie',
  crashes: 0,
  faults: 1,
  workers: 2,
  parallel: false,
  breaks: 'stays-published',
  invisibleAtEnd: false,
  retells: {
    what: 'pikku #1742: a stalled attempt comes back and overwrites the result of the one that took over',
    url: 'https://github.com/pikkujs/pikku/issues/1742',
  },
  search: { zombies: true, maxFaults: 1 },
  buggy: flow(false),
  repaired: flow(true),
});
