import { defineScenario, defineService, queue } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { stepOf } from '../services/step-of.js';

const account = defineService({
  initial: { deposited: 0, withdrawn: 0 },
  requests: {
    deposit(state, { amount }: { id: string; amount: number }) {
      if (state.deposited > 0) return { state, result: undefined, effect: 'refused', text: 'it is booked already' };
      const text = `${amount} come in`;
      return { state: { ...state, deposited: amount }, result: undefined, effect: 'done', text };
    },
    withdraw(state, { amount }: { id: string; amount: number }) {
      if (state.withdrawn > 0) return { state, result: undefined, effect: 'refused', text: 'it is booked already' };
      const text = `${amount} go out`;
      return { state: { ...state, withdrawn: amount }, result: undefined, effect: 'done', text };
    },
  },
});
const services = { account };

/** Two messages of one account, and the second may be resumed while the first still waits to be tried again. */
const flow = (repaired: boolean) =>
  defineScenario({
    name: 'withdrawal-overtakes',
    title: 'book a deposit, then a withdrawal',
    services,
    keys: ['account'],
    steps: [
      stepOf('account.deposit', 'deposit to', 'deposited'),
      stepOf('account.withdraw', 'withdraw from', 'withdrawn'),
    ],
    invariants: [
      {
        property: 'never-overdrawn',
        holds: (world) => world.account.deposited >= world.account.withdrawn,
        broken: (world) => `The account stands at ${world.account.deposited - world.account.withdrawn}.`,
      },
    ],
    goal: {
      property: 'both-booked',
      reached: (world) => world.account.deposited > 0 && world.account.withdrawn > 0,
      missed: (where) => `A booking is missing: ${where}.`,
    },
    patterns: [
      queue<typeof services>({
        messages: ['deposit', 'withdraw'].map((name) => ({
          name,
          id: name,
          data: { id: 'account' },
          group: 'account',
        })),
        fifo: repaired,
        jobs: ({ services: clients }) => ({
          deposit: ({ data: { id } }) => clients.account.deposit({ id, amount: 10 }),
          withdraw: ({ data: { id } }) => clients.account.withdraw({ id, amount: 10 }),
        }),
      }),
    ],
    assumes: [],
  });

export default defineBug({
  id: 'withdrawal-overtakes',
  family: 'double-resume',
  pattern: 'queue',
  measure: 'order within a group',
  fault: 'none',
  crashes: 0,
  faults: 0,
  workers: 1,
  parallel: false,
  breaks: 'never-overdrawn',
  invisibleAtEnd: true,
  retells: {
    what: 'pulsar #15317: a message that is given back comes after the later ones of its key',
    url: 'https://github.com/apache/pulsar/issues/15317',
  },
  search: {},
  buggy: flow(false),
  repaired: flow(true),
});
