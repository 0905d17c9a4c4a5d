import { defineService } from 'crashwise/simulator';

const MANY = 2; // Of copies of a row, two are as bad as more.

/** A table of the warehouse, with no key that would refuse a row which is there already. */
const warehouse = defineService({
  initial: { copies: 0 },
  requests: {
    clear: () => ({ state: { copies: 0 }, result: null, effect: 'done', text: 'the table is empty' }),
    load: ({ copies }) => ({
      state: { copies: Math.min(copies + 1, MANY) },
      result: null,
      effect: 'done',
      text: copies === 0 ? 'each row is there' : 'each row is there once more',
    }),
  },
});

export const services = { warehouse };
