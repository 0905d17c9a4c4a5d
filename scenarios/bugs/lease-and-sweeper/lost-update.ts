import { defineService, queue } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { effect } from '../services/effect.js';
import { scenarioOf } from '../services/scenario-of.js';

/** A document that is read and written whole. */
const document = defineService({
  initial: { lines: [] as readonly string[] },
  requests: {
    read: (state) => ({ state, result: state.lines, effect: 'none', text: `it has ${state.lines.length} lines` }),
    /** With `ifLines`: only as long as it has so many. True if it is written. */
    write(state, { lines, ifLines }: { lines: readonly string[]; ifLines?: number }) {
      if (ifLines !== undefined && ifLines !== state.lines.length) {
        return { state, result: false, effect: 'refused', text: 'it has changed since' };
      }
      return { state: { lines }, result: true, effect: 'done', text: `it has ${lines.length} lines now` };
    },
  },
});
const services = { document };

/** Two parts of a job read, add their line and write: the second one writes over what the first one added. */
const flow = (repaired: boolean) =>
  scenarioOf({
    title: 'two notes in one document',
    services,
    keys: ['a', 'b'],
    steps: [
      effect('document.write', 'at-least-once', 'noted', ({ lines }: { lines: readonly string[] }) => lines.at(-1)!),
    ],
    goal: { property: 'no-note-is-lost', reached: (world) => world.document.lines.length === 2 },
    pattern: queue<typeof services>({
      messages: [{ name: 'note', data: { id: 'o1' } }],
      jobs({ services: { document: api } }) {
        const note = async (line: string): Promise<void> => {
          const lines = await api.read();
          if (lines.includes(line)) return;
          const change = { lines: [...lines, line], ...(repaired ? { ifLines: lines.length } : {}) };
          if (!(await api.write(change))) await note(line);
        };
        return { note: () => Promise.all(['a', 'b'].map(note)) };
      },
    }),
  });

export default defineBug({
  id: 'lost-update',
  family: 'lease-and-sweeper',
  pattern: 'queue',
  measure: 'compare-and-set on a write',
  fault: 'none',
  crashes: 0,
  faults: 0,
  workers: 1,
  parallel: true,
  breaks: 'no-note-is-lost',
  invisibleAtEnd: false,
  retells: {
    what: 'ACIDRain (SIGMOD 2017): shops that read, compute and write in two statements',
    url: 'https://dl.acm.org/doi/10.1145/3035918.3064037',
  },
  search: {},
  buggy: flow(false),
  repaired: flow(true),
});
