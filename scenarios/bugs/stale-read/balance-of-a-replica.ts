import { defineService, queue } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { effect } from '../services/effect.js';
import { scenarioOf } from '../services/scenario-of.js';

/** An account of 100. With `ifCovered`: it pays only what is there. */
const account = defineService({
  initial: { balance: 100 },
  requests: {
    balance: (state) => ({ state, result: state.balance, effect: 'none', text: `the balance is ${state.balance}` }),
    pay({ balance }, { amount, ifCovered }: { id: string; amount: number; ifCovered: boolean }) {
      if (ifCovered && amount > balance)
        return { state: { balance }, result: null, effect: 'none', text: 'not covered' };
      return {
        state: { balance: balance - amount },
        result: null,
        effect: 'done',
        text: `${balance - amount} are left`,
      };
    },
  },
});
const services = { account };

/** Whether there is enough is read from a replica, which does not show the last payment yet. */
const flow = (repaired: boolean) =>
  scenarioOf({
    title: 'two payments of 60',
    services,
    keys: ['a', 'b'],
    // One payment that is made twice overdraws the account as well.
    steps: [effect('account.pay', 'at-most-once', 'never-overdrawn', ({ id }: { id: string }) => id)],
    invariants: [
      {
        property: 'never-overdrawn',
        holds: (world) => world.account.balance >= 0,
        broken: (world) => `The balance is ${world.account.balance}.`,
      },
    ],
    pattern: queue<typeof services>({
      messages: ['a', 'b'].map((id) => ({ name: 'pay', data: { id } })),
      jobs: ({ services: { account: api } }) => ({
        async pay({ id }) {
          if ((await api.balance()) >= 60) await api.pay({ id, amount: 60, ifCovered: repaired });
        },
      }),
    }),
  });

export default defineBug({
  id: 'balance-of-a-replica',
  family: 'stale-read',
  pattern: 'queue',
  measure: 'condition on a debit',
  fault: 'stale-read',
  crashes: 0,
  faults: 1,
  workers: 1,
  parallel: false,
  breaks: 'never-overdrawn',
  invisibleAtEnd: false,
  retells: {
    what: 'Ad hoc transactions in web applications (SIGMOD 2022): check and write are not one',
    url: 'https://dl.acm.org/doi/10.1145/3514221.3526120',
  },
  search: { faults: ['stale-read'], maxFaults: 1 },
  buggy: flow(false),
  repaired: flow(true),
});
