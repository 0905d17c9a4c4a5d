import { defineScenario, defineService, queue } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { stepOf } from '../services/step-of.js';

type Text = 'empty' | 'draft' | 'published';

interface Save {
  readonly id: string;
  readonly text: Text;
  /** Saved only over this. */
  readonly over?: Text;
}

const page = defineService({
  initial: { text: 'empty' as Text },
  requests: {
    save(state, { text, over = state.text }: Save) {
      if (over !== state.text)
        return { state, result: undefined, effect: 'refused', text: `it is not ${over}, but ${state.text}` };
      return { state: { text }, result: undefined, effect: 'done', text: `it is ${text}` };
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
            const save = (text: Text, over: Text): Promise<void> =>
              pages.save({ id: job.data.id, text, ...(repaired ? { over } : {}) });
            await save('draft', 'empty');
            await job.extend(30_000);
            await save('published', 'draft');
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
  measure: 'compare-and-set on what was there',
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
