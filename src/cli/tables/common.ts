/** What every command takes. */
export const common = {
  json: { text: 'stdout is one JSON document; its schema is in docs/reference' },
  noColor: { text: 'no colour, as NO_COLOR does; FORCE_COLOR is the opposite' },
} as const;

export const database = {
  db: { value: 'file', required: true, text: 'the SQLite file of the engine' },
} as const;

/** The form of a module, for the help of the commands that load one. */
export const module = {
  text: 'what workflow() returns, and activities: an object or functions.',
  code: [
    "import { activities as proxy, workflow } from 'crashwise/engine';",
    '',
    'export const activities = {',
    '  charge: async (order: string) => `receipt of ${order}`,',
    '};',
    'const { charge } = proxy<typeof activities>();',
    "export const order = workflow('order', (id: string) => charge(id));",
  ],
} as const;
