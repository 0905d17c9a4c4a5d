import { defineScenario, defineService, statusColumn } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { stepOf } from '../services/step-of.js';

/** A table that drops a row if it equals the last one: so much a loader can do about its own last crash. */
const table = defineService({
  initial: { rows: [] as readonly string[] },
  requests: {
    insert({ rows }, { id }: { id: string }) {
      const last = rows.at(-1) === id;
      return {
        state: { rows: last ? rows : [...rows, id] },
        result: undefined,
        effect: last ? 'refused' : 'done',
        text: last ? `${id} is the last row already` : `${id} is inserted`,
      };
    },
  },
});
const services = { table };
const rows = ['row 0', 'row 1'];

/** The first progress report of a new attempt overwrites the cursor that the attempt itself was planned from. */
const flow = (repaired: boolean) =>
  defineScenario({
    name: 'cursor-reset-on-resume',
    title: 'import two rows; a cursor says which is next',
    services,
    keys: rows,
    steps: [stepOf('table.insert', 'insert', 'imported-once')],
    goal: {
      property: 'import-ends',
      reached: (world) => world.table.rows.includes('row 1'),
      missed: (where) => `The import never ends: ${where}.`,
    },
    patterns: [
      statusColumn<typeof services>({
        messages: [{ name: 'import', data: { id: 'i1' } }],
        initial: '0',
        jobs: ({ services: clients, status }) => ({
          async import({ data: { id } }) {
            const from = (await status.get(id))!;
            let cursor = from;
            if (!repaired && from !== '0') {
              await status.set(id, from, '0');
              cursor = '0';
            }
            for (let row = Number(from); row < rows.length; row += 1) {
              await clients.table.insert({ id: rows[row]! });
              await status.set(id, cursor, String(row + 1));
              cursor = String(row + 1);
            }
          },
        }),
      }),
    ],
    assumes: [],
  });

export default defineBug({
  id: 'cursor-reset-on-resume',
  family: 'recovery-wrong',
  pattern: 'status-column',
  measure: 'cursor that never goes back',
  fault: 'crash',
  crashes: 2,
  faults: 0,
  workers: 1,
  parallel: false,
  breaks: 'imported-once',
  invisibleAtEnd: false,
  retells: {
    what: 'cockroach #174963: a restart resets resume positions, a second interruption imports again',
    url: 'https://github.com/cockroachdb/cockroach/issues/174963',
  },
  search: {},
  buggy: flow(false),
  repaired: flow(true),
});
