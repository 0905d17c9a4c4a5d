import { defineScenario, durable, statusColumn } from 'crashwise/simulator';
import { services } from './services.js';
import { transferJobs } from './status-column.js';
import { transfer, transferActivities } from './workflow.js';

const TOTAL = 100;
const AMOUNT = 40;
const input = { from: 'savings', to: 'rent', amount: AMOUNT };

const inAll = (balances: Readonly<Record<string, number>>): number =>
  Object.values(balances).reduce((sum, balance) => sum + balance, 0);

type Call = { account: string; amount: number; key?: string };
const withKey = ({ key }: Call): string => (key === undefined ? '' : `, key ${key}`);

export default defineScenario({
  name: 'money-transfer',
  title: 'debit one account, credit another',
  services,
  keys: ['t1'],
  steps: [
    {
      title: 'debit savings',
      effect: 'bank.debit',
      class: 'exactly-once',
      property: 'debited-once',
      key: () => 't1',
      text: (call: Call) => `debit ${call.account} by ${call.amount}${withKey(call)}`,
      twice: (id) => `Transfer ${id} was debited twice.`,
      never: (id) => `Transfer ${id} was never debited.`,
    },
    {
      title: 'credit rent',
      effect: 'bank.credit',
      class: 'exactly-once',
      property: 'credited-once',
      key: () => 't1',
      text: (call: Call) => `credit ${call.account} with ${call.amount}${withKey(call)}`,
      twice: (id) => `Transfer ${id} was credited twice.`,
      never: (id) => `Transfer ${id} was never credited.`,
    },
  ],
  goal: {
    property: 'nothing-lost-at-rest',
    reached: ({ bank: { balances } }) => balances['savings'] === TOTAL - AMOUNT && balances['rent'] === AMOUNT,
    missed: (where) => `The money of transfer t1 is not where it belongs: ${where}.`,
  },
  invariants: [
    {
      property: 'no-money-made',
      holds: ({ bank: { balances } }) => inAll(balances) <= TOTAL,
      broken: ({ bank: { balances } }) => `There were ${TOTAL} in all, and there are ${inAll(balances)}.`,
    },
    {
      property: 'in-transit-at-most',
      holds: ({ bank: { balances } }) => inAll(balances) >= TOTAL - AMOUNT,
      broken: ({ bank: { balances } }) =>
        `${TOTAL - inAll(balances)} are on their way, and ${AMOUNT} were to be transferred.`,
    },
  ],
  patterns: [
    statusColumn<typeof services>({
      messages: [{ name: 'transfer', data: { id: 't1' } }],
      initial: 'new',
      jobs: transferJobs(input),
    }),
    durable({ workflow: transfer, activities: transferActivities, start: { id: 't1', input } }),
  ],
  expected: {
    'status-column': {
      verdict: 'violated',
      properties: ['debited-once', 'credited-once', 'in-transit-at-most', 'no-money-made', 'nothing-lost-at-rest'],
    },
  },
  hints: {
    'debited-once': 'give the booking a key that is made from the row: `${id}/debit`',
    'credited-once': 'give the booking a key that is made from the row: `${id}/credit`',
  },
  pages: {
    'no-money-made': 'scenarios/money-transfer/README.md',
    'in-transit-at-most': 'scenarios/money-transfer/README.md',
    'nothing-lost-at-rest': 'scenarios/money-transfer/README.md',
  },
  assumes: [
    'the bank remembers a key for as long as a retry may come',
    'all I/O of the flow goes through the service of this scenario',
  ],
});
