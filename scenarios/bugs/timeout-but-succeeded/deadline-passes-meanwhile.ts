import { activities, sleep, workflow } from 'crashwise/engine';
import { defineScenario, defineService, durable, type ServiceClients } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { stepOf } from '../services/step-of.js';

const HOUR_MS = 3_600_000;
type State = 'none' | 'booked' | 'void';

/** A hotel with one room. A booking that was made void before it arrives is not made. */
const hotel = defineService({
  initial: { room: 'none' as State },
  requests: {
    book({ room }, _booking: { id: string }) {
      const next: State = room === 'none' ? 'booked' : room;
      const effect = room === 'none' ? 'done' : 'refused';
      return { state: { room: next }, result: next, effect, text: `the room is ${next}` };
    },
    makeVoid({ room }, _booking: { id: string }) {
      const next: State = room === 'none' ? 'void' : room;
      return { state: { room: next }, result: next, effect: 'none', text: `the room is ${next}` };
    },
  },
});

const trips = defineService({
  initial: { given: 'nothing' as 'nothing' | 'a room' | 'an apology' },
  requests: {
    answer: (_, { gives }: { id: string; gives: 'a room' | 'an apology' }) => ({
      state: { given: gives },
      result: undefined,
      effect: 'done',
      text: `the guest gets ${gives}`,
    }),
  },
});
const services = { hotel, trips };

const own = ({ hotel: rooms, trips: guests }: ServiceClients<typeof services>) => ({
  book: (id: string) => rooms.book({ id }),
  makeVoid: (id: string) => rooms.makeVoid({ id }),
  answer: (id: string, gives: 'a room' | 'an apology') => guests.answer({ id, gives }),
});

const { book, makeVoid, answer } = activities<ReturnType<typeof own>>();
const trip = (repaired: boolean) =>
  workflow('trip', async (id: string) => {
    let room: State = await Promise.race([book(id), sleep(HOUR_MS).then((): State => 'void')]);
    if (room !== 'booked' && repaired) room = await makeVoid(id);
    await answer(id, room === 'booked' ? 'a room' : 'an apology');
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
      stepOf('trips.answer', 'answer', 'answered', 'at-least-once'),
    ],
    invariants: [
      {
        property: 'no-room-without-guest',
        holds: (world) => world.trips.given !== 'an apology' || world.hotel.room !== 'booked',
        broken: () => 'The guest got an apology, and the room is booked.',
      },
    ],
    goal: {
      property: 'trip-ends',
      reached: (world) => world.trips.given !== 'nothing',
      missed: (where) => `The guest is never answered: ${where}.`,
    },
    patterns: [durable({ workflow: trip(repaired), activities: own, start: { id: 't1', input: 't1' } })],
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
