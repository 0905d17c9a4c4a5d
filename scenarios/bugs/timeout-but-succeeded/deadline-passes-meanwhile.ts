import { activities, sleep, workflow } from 'crashwise/engine';
import { defineScenario, defineService, durable, type ServiceClients } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { stepOf } from '../services/step-of.js';

const HOUR_MS = 3_600_000;

const hotel = defineService({
  initial: { booked: false, apologised: false },
  requests: {
    book(state, _guest: { id: string }) {
      if (state.booked) return { state, result: undefined, effect: 'refused', text: 'the room is booked already' };
      if (state.apologised) return { state, result: undefined, effect: 'none', text: 'nobody wants the room any more' };
      return { state: { ...state, booked: true }, result: undefined, effect: 'done', text: 'the room is booked' };
    },
    apologise(state, { unlessBooked }: { id: string; unlessBooked: boolean }) {
      if (unlessBooked && state.booked) return { state, result: undefined, effect: 'none', text: 'there is a room' };
      if (state.apologised) return { state, result: undefined, effect: 'refused', text: 'the guest knows' };
      const next = { ...state, apologised: true };
      return { state: next, result: undefined, effect: 'done', text: 'the guest gets an apology' };
    },
  },
});
const services = { hotel };

const own = (repaired: boolean) => (clients: ServiceClients<typeof services>) => ({
  book: (id: string) => clients.hotel.book({ id }),
  apologise: (id: string) => clients.hotel.apologise({ id, unlessBooked: repaired }),
});

const { book, apologise } = activities<ReturnType<ReturnType<typeof own>>>();
const trip = workflow('trip', async (id: string) => {
  const late = await Promise.race([book(id).then(() => false), sleep(HOUR_MS).then(() => true)]);
  if (late) await apologise(id);
});

/** The deadline passes while the worker is away. The booking has been made, and its answer was not written down. */
const flow = (repaired: boolean) =>
  defineScenario({
    name: 'deadline-passes-meanwhile',
    title: 'book a room within an hour, or apologise',
    services,
    keys: ['t1'],
    steps: [
      stepOf('hotel.book', 'book a room for', 'booked-once', 'at-most-once'),
      stepOf('hotel.apologise', 'apologise to', 'apology', 'at-most-once'),
    ],
    invariants: [
      {
        property: 'no-room-without-guest',
        holds: ({ hotel: { booked, apologised } }) => !(booked && apologised),
        broken: () => 'The guest got an apology, and the room is booked.',
      },
    ],
    goal: {
      property: 'trip-ends',
      reached: ({ hotel: { booked, apologised } }) => booked || apologised,
      missed: (where) => `The guest hears nothing: ${where}.`,
    },
    patterns: [durable({ workflow: trip, activities: own(repaired), start: { id: 't1', input: 't1' } })],
    assumes: [],
  });

export default defineBug({
  id: 'deadline-passes-meanwhile',
  family: 'timeout-but-succeeded',
  pattern: 'durable',
  measure: 'tombstone before giving up',
  fault: 'crash',
  crashes: 1,
  faults: 0,
  workers: 1,
  parallel: true,
  breaks: 'no-room-without-guest',
  invisibleAtEnd: false,
  retells: {
    what: 'vercel/workflow #3070: a race between steps and a sleep after a restart',
    url: 'https://github.com/vercel/workflow/issues/3070',
  },
  search: {},
  buggy: flow(false),
  repaired: flow(true),
});
