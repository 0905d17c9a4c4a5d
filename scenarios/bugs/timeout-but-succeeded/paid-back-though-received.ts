import { activities, activityInfo, ActivityFailure, workflow } from 'crashwise/engine';
import { defineScenario, defineService, durable, type ServiceClients } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { stepOf } from '../services/step-of.js';

interface Accounts {
  readonly from: number;
  readonly to: number;
  readonly keys: readonly string[];
}

const book =
  (account: 'from' | 'to', amount: number) =>
  (state: Accounts, { key }: { id: string; key: string }) => {
    const known = state.keys.includes(key);
    return {
      state: known ? state : { ...state, [account]: state[account] + amount, keys: [...state.keys, key] },
      result: undefined,
      effect: known ? ('refused' as const) : ('done' as const),
      text: known ? 'that is booked already' : `${amount} on account "${account}"`,
    };
  };

const bank = defineService({
  initial: { from: 100, to: 0, keys: [] } as Accounts,
  requests: { withdraw: book('from', -10), deposit: book('to', 10), payBack: book('from', 10) },
});
const services = { bank };

const own = ({ bank: client }: ServiceClients<typeof services>) => ({
  withdraw: (id: string) => client.withdraw({ id, key: activityInfo().idempotencyKey }),
  deposit: (id: string) => client.deposit({ id, key: activityInfo().idempotencyKey }),
  payBack: (id: string) => client.payBack({ id, key: activityInfo().idempotencyKey }),
});

const transfer = (repaired: boolean) => {
  const { withdraw, payBack } = activities<ReturnType<typeof own>>();
  const { deposit } = activities<ReturnType<typeof own>>({
    retry: repaired ? { nonRetryableErrors: ['PermanentError'] } : { maximumAttempts: 1 },
  });
  return workflow('transfer', async (id: string) => {
    await withdraw(id);
    try {
      await deposit(id);
    } catch (error) {
      if (!(error instanceof ActivityFailure)) throw error;
      await payBack(id);
    }
  });
};

/** No answer from the other bank, so the money is paid back. It has arrived there, too. */
const flow = (repaired: boolean) =>
  defineScenario({
    name: 'paid-back-though-received',
    title: 'withdraw, deposit, or pay back',
    services,
    keys: ['t1'],
    steps: [
      stepOf('bank.withdraw', 'withdraw for', 'withdrawn-once'),
      stepOf('bank.deposit', 'deposit for', 'deposited-once', 'at-most-once'),
      stepOf('bank.payBack', 'pay back for', 'paid-back-once', 'at-most-once'),
    ],
    invariants: [
      {
        property: 'no-money-is-made',
        holds: ({ bank: { from, to } }) => from + to <= 100,
        broken: ({ bank: { from, to } }) => `There were 100, and now there are ${from + to}.`,
      },
    ],
    goal: {
      property: 'transfer-ends',
      reached: ({ bank: { from, to } }) => from + to >= 100,
      missed: (where) => `The money of t1 is nowhere: ${where}.`,
    },
    patterns: [durable({ workflow: transfer(repaired), activities: own, start: { id: 't1', input: 't1' } })],
    assumes: ['the bank remembers a key for as long as a retry may come'],
  });

export default defineBug({
  id: 'paid-back-though-received',
  family: 'timeout-but-succeeded',
  pattern: 'durable',
  measure: 'compensation only after a refusal',
  fault: 'timeout-after',
  crashes: 0,
  faults: 1,
  workers: 1,
  parallel: false,
  breaks: 'no-money-is-made',
  invisibleAtEnd: false,
  retells: {
    what: 'x402 sample #40: a time-out of the settlement is recorded as "settlement failed"',
    url: 'https://github.com/aws-samples/sample-agentcore-cloudfront-x402-payments/issues/40',
  },
  search: { faults: ['timeout-after'], maxFaults: 1 },
  buggy: flow(false),
  repaired: flow(true),
});
