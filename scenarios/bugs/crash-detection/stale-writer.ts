import { defineScenario, defineService, queue } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { stepOf } from '../services/step-of.js';

interface Save {
  readonly id: string;
  readonly lines: readonly string[];
  /** Saved only over this version. */
  readonly over?: number;
}

const document = defineService({
  initial: { version: 0, lines: [] as readonly string[] },
  requests: {
    read: (state) => ({ state, result: state, effect: 'none', text: `lines: ${state.lines.join(', ') || 'none'}` }),
    save(state, { lines, over }: Save) {
      if (over !== undefined && over !== state.version)
        return { state, result: false, effect: 'refused', text: 'somebody else has saved it meanwhile' };
      const next = { version: state.version + 1, lines };
      return { state: next, result: true, effect: 'done', text: `saved: ${lines.join(', ')}` };
    },
  },
});
const services = { document };

/** A worker that stands still is taken for dead. It wakes, and writes what it had read before. */
const flow = (repaired: boolean) =>
  defineScenario({
    name: 'stale-writer',
    title: 'two jobs each add a line to one document',
    services,
    keys: ['a', 'b'],
    steps: [stepOf('document.save', 'save line', 'line-saved', 'at-least-once')],
    goal: {
      property: 'both-lines',
      reached: (world) => world.document.lines.length === 2,
      missed: () => 'A line of the document is lost.',
    },
    patterns: [
      queue<typeof services>({
        messages: ['a', 'b'].map((id) => ({ name: 'add', data: { id } })),
        jobs: ({ services: clients }) => ({
          async add({ data: { id } }) {
            const { version, lines } = await clients.document.read();
            if (lines.includes(id)) return;
            const saved = await clients.document.save({
              id,
              lines: [...lines, id].sort(),
              ...(repaired ? { over: version } : {}),
            });
            if (!saved) throw new Error('read it again');
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
  breaks: 'both-lines',
  invisibleAtEnd: false,
  retells: {
    what: 'pikku #1742: a stalled attempt comes back and overwrites the result of the one that took over',
    url: 'https://github.com/pikkujs/pikku/issues/1742',
  },
  search: { zombies: true, maxFaults: 1 },
  buggy: flow(false),
  repaired: flow(true),
});
