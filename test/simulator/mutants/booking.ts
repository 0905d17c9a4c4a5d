import { activities, ActivityFailure, activityInfo, workflow } from 'crashwise/engine';
import {
  defineFlow,
  defineScenario,
  defineService,
  durable,
  durableFlow,
  StepRefused,
  type Flow,
  type ServiceClients,
} from 'crashwise/simulator';

/** A seat that is not let go while it is paid for, and an airline that refuses to issue the ticket, now and ever after. */
const travel = defineService({
  initial: { seat: 'free', paid: false, refused: false },
  requests: {
    reserve: (state, _key: string) =>
      state.seat === 'free'
        ? { state: { ...state, seat: 'held' }, result: null, effect: 'done', text: 'the seat is held' }
        : { state, result: null, effect: 'refused', text: 'the seat is held already' },
    pay: (state, _key: string) =>
      state.paid
        ? { state, result: null, effect: 'refused', text: 'it is paid already' }
        : { state: { ...state, paid: true }, result: null, effect: 'done', text: 'it is paid' },
    issue: (state) => ({ state: { ...state, refused: true }, result: false, effect: 'none', text: 'no ticket' }),
    refund: (state, _key: string) =>
      state.paid
        ? { state: { ...state, paid: false }, result: null, effect: 'done', text: 'the money is back' }
        : { state, result: null, effect: 'refused', text: 'there is nothing to give back' },
    release: (state, _key: string) =>
      state.seat === 'held' && !state.paid
        ? { state: { ...state, seat: 'gone' }, result: null, effect: 'done', text: 'the seat is free again' }
        : { state, result: null, effect: 'refused', text: 'a seat that is paid for is not let go' },
  },
});
const services = { travel };
type Clients = ServiceClients<typeof services>;

const step = (title: string, request: string, undoes?: string) => ({
  title,
  effect: `travel.${request}`,
  // What was never done need not be taken back.
  class: undoes === undefined ? ('exactly-once' as const) : ('at-most-once' as const),
  property: `${request}-once`,
  key: () => 'b1',
  text: () => title,
  twice: () => `${title}: twice.`,
  never: () => `${title}: never.`,
  ...(undoes === undefined ? {} : { undoes: `travel.${undoes}` }),
});

const booking: Flow<typeof services, undefined> = defineFlow<typeof services, undefined>({
  id: 'b1',
  input: undefined,
  steps: [
    {
      name: 'reserve',
      run: ({ services: { travel: agency }, key }) => agency.reserve(key),
      undo: async ({ services: { travel: agency }, key }) => void (await agency.release(key)),
    },
    {
      name: 'pay',
      run: ({ services: { travel: agency }, key }) => agency.pay(key),
      undo: async ({ services: { travel: agency }, key }) => void (await agency.refund(key)),
    },
    {
      name: 'issue',
      async run({ services: { travel: agency } }) {
        if (!(await agency.issue())) throw new StepRefused();
      },
    },
  ],
});

/** The same by hand: two attempts are enough, and the way back is the workflow's. */
const byHand = ({ travel: agency }: Clients) => ({
  reserve: () => agency.reserve(activityInfo().idempotencyKey),
  pay: () => agency.pay(activityInfo().idempotencyKey),
  async issue() {
    if (!(await agency.issue())) throw new Error('no ticket');
  },
  refund: () => agency.refund(activityInfo().idempotencyKey),
  release: () => agency.release(activityInfo().idempotencyKey),
});
const { reserve, pay, refund, release } = activities<ReturnType<typeof byHand>>();
const { issue } = activities<ReturnType<typeof byHand>>({ retry: { maximumAttempts: 2 } });
const bookByHand = workflow('book', async () => {
  await reserve();
  await pay();
  try {
    await issue();
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    await refund();
    await release();
  }
});

const bookingOf = (name: string, pattern: ReturnType<typeof durableFlow>) =>
  defineScenario({
    name,
    title: 'reserve, pay, and take both back when there is no ticket',
    services,
    keys: ['b1'],
    steps: [
      step('reserve a seat', 'reserve'),
      step('pay', 'pay'),
      step('refund', 'refund', 'pay'),
      step('release the seat', 'release', 'reserve'),
    ],
    goal: {
      property: 'nothing-is-left',
      reached: (world) => world.travel.seat === 'gone' && !world.travel.paid,
      missed: (where) => `The booking is not taken back: ${where}.`,
    },
    patterns: [pattern],
    assumes: [],
  });

export const bookingFlow = bookingOf('booking-flow', durableFlow(booking));
export const bookingByHand = bookingOf(
  'booking-by-hand',
  durable<typeof services, undefined>({
    workflow: bookByHand as never,
    activities: byHand,
    start: { id: 'b1', input: undefined },
  }),
);
