import { defineScenario, durable } from 'crashwise/simulator';
import { services } from './services.js';
import { approval, approvalActivities, decided } from './workflow.js';

const WEEK_MS = 7 * 86_400_000;

export default defineScenario({
  name: 'approval',
  title: 'wait for a manager or the deadline, then pay or decline an expense',
  services,
  keys: ['e1'],
  steps: [
    {
      title: 'pay expense',
      effect: 'bank.pay',
      class: 'at-most-once',
      property: 'paid-once',
      key: ({ expense }: { expense: string }) => expense,
      text: ({ expense, key }: { expense: string; key: string }) => `pay expense ${expense}, key ${key}`,
      twice: (expense) => `Expense ${expense} was paid twice.`,
      never: (expense) => `Expense ${expense} was never paid.`,
    },
    {
      title: 'decline expense',
      effect: 'inbox.decline',
      class: 'at-most-once',
      property: 'declined-once',
      key: ({ expense }: { expense: string }) => expense,
      text: ({ expense, key }: { expense: string; key: string }) => `decline expense ${expense}, key ${key}`,
      twice: (expense) => `Expense ${expense} was declined twice.`,
      never: (expense) => `Expense ${expense} was never declined.`,
    },
  ],
  goal: {
    property: 'approval-ends',
    reached: ({ bank, inbox }) => bank.paid.length + inbox.declined.length > 0,
    missed: (where) => `Expense e1 is neither paid nor declined: ${where}.`,
  },
  invariants: [
    {
      property: 'one-answer',
      holds: ({ bank, inbox }) => bank.paid.length === 0 || inbox.declined.length === 0,
      broken: () => 'Expense e1 was paid, and declined as well.',
    },
  ],
  patterns: [
    durable({
      workflow: approval,
      activities: approvalActivities,
      start: { id: 'e1', input: { expense: 'e1', deadlineMs: WEEK_MS } },
      signals: [{ signal: decided, args: ['yes'], times: 2 }],
    }),
  ],
  pages: {
    'one-answer': 'scenarios/approval/README.md',
  },
  assumes: [
    'bank and inbox remember a key for as long as a retry may come',
    'all I/O of the flow goes through the 2 services of this scenario',
  ],
});
