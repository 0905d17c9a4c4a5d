import { defineScenario, defineService, queue } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { orders } from '../services/orders.js';
import { stepOf } from '../services/step-of.js';

type State = 'none' | 'charged' | 'void';

/** A processor for one order. A charge that was made void before it arrives is not booked. */
const gateway = defineService({
  initial: { charge: 'none' as State },
  requests: {
    charge({ charge }, _order: { id: string }) {
      const effect = charge === 'none' ? 'done' : 'refused';
      const next: State = charge === 'none' ? 'charged' : charge;
      return { state: { charge: next }, result: next, effect, text: `the charge is ${next}` };
    },
    makeVoid({ charge }, _order: { id: string }) {
      const next: State = charge === 'none' ? 'void' : charge;
      return { state: { charge: next }, result: next, effect: 'none', text: `the charge is ${next}` };
    },
    look: (state, _order: { id: string }) => ({
      state,
      result: state.charge,
      effect: 'none',
      text: `the charge is ${state.charge}`,
    }),
  },
});
const services = { gateway, orders };

/** No answer, and a look finds no charge: the order is cancelled. The charge was on its way. */
const flow = (repaired: boolean) =>
  defineScenario({
    name: 'cancelled-then-charged',
    title: 'charge the card, or cancel the order if there is no answer and no charge',
    services,
    keys: ['o1'],
    steps: [
      stepOf('gateway.charge', 'charge', 'charged-once', 'at-most-once'),
      stepOf('orders.cancel', 'cancel', 'cancelled-once', 'at-most-once'),
      stepOf('gateway.look', 'look for a charge of', 'looked', 'read'),
      stepOf('orders.isCancelled', 'look whether it is cancelled:', 'looked', 'read'),
    ],
    invariants: [
      {
        property: 'not-charged-and-cancelled',
        holds: (world) => world.gateway.charge !== 'charged' || world.orders.cancelled.length === 0,
        broken: () => 'Order o1 is cancelled, and was charged.',
      },
    ],
    goal: {
      property: 'order-ends',
      reached: (world) => world.gateway.charge === 'charged' || world.orders.cancelled.length > 0,
      missed: (where) => `Order o1 is neither charged nor cancelled: ${where}.`,
    },
    patterns: [
      queue<typeof services>({
        messages: [{ name: 'order', data: { id: 'o1' } }],
        jobs: ({ services: clients }) => ({
          async order({ data: { id } }) {
            if (await clients.orders.isCancelled({ id })) return;
            const charge = await clients.gateway.charge({ id }).catch((error: Error) => {
              if (error.name !== 'TimeoutError') throw error;
              return repaired ? clients.gateway.makeVoid({ id }) : clients.gateway.look({ id });
            });
            if (charge !== 'charged') await clients.orders.cancel({ id });
          },
        }),
      }),
    ],
    assumes: [],
  });

export default defineBug({
  id: 'cancelled-then-charged',
  family: 'timeout-but-succeeded',
  pattern: 'queue',
  measure: 'tombstone for what may still arrive',
  fault: 'late',
  crashes: 0,
  faults: 1,
  workers: 1,
  parallel: false,
  breaks: 'not-charged-and-cancelled',
  invisibleAtEnd: false,
  retells: {
    what: 'kubeblocks-addons #3066: a time-out rolls back what was accepted and is still being carried out',
    url: 'https://github.com/apecloud/kubeblocks-addons/pull/3066',
  },
  search: { faults: ['late'], maxFaults: 1 },
  buggy: flow(false),
  repaired: flow(true),
});
