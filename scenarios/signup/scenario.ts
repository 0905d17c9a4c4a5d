import { accidental, defineScenario, durable } from 'crashwise/simulator';
import { signupApp } from './accidental.js';
import { services } from './services.js';
import { signup, signupActivities } from './workflow.js';

const HOUR_MS = 3_600_000;
const input = { email: 'ada@example.com', plan: { name: 'team', amount: 49 } };

export default defineScenario({
  name: 'signup',
  title: 'create customer, charge card, provision workspace, send welcome mail',
  services,
  keys: ['s1'],
  steps: [
    {
      title: 'create customer',
      effect: 'cards.createCustomer',
      class: 'exactly-once',
      property: 'one-customer',
      key: () => 's1',
      text: ({ key }: { key: string }) => `create customer, key ${key}`,
      twice: (signupId) => `Signup ${signupId} has two customers.`,
      never: (signupId) => `Signup ${signupId} has no customer.`,
    },
    {
      title: 'charge card',
      effect: 'cards.charge',
      class: 'exactly-once',
      property: 'charged-once',
      key: () => 's1',
      text: ({ amount, key }: { amount: number; key: string }) => `charge ${amount}.00, key ${key}`,
      twice: (signupId) => `The card of signup ${signupId} was charged twice.`,
      never: (signupId) => `The card of signup ${signupId} was never charged.`,
    },
    {
      title: 'provision workspace',
      effect: 'workspaces.create',
      class: 'exactly-once',
      property: 'one-workspace',
      key: () => 's1',
      text: ({ name }: { name: string }) => `create workspace "${name}"`,
      twice: (signupId) => `Signup ${signupId} has two workspaces.`,
      never: (signupId) => `Signup ${signupId} has no workspace.`,
    },
    {
      title: 'send welcome mail',
      effect: 'mail.send',
      class: 'at-least-once',
      property: 'welcomed',
      key: () => 's1',
      text: ({ to }: { to: string }) => `send the welcome mail to ${to}`,
      twice: (signupId) => `Signup ${signupId} was welcomed twice.`,
      never: (signupId) => `Signup ${signupId} was never welcomed.`,
    },
  ],
  goal: {
    property: 'signup-ends',
    reached: ({ mail }) => mail.sent > 0,
    missed: (where) => `Signup s1 never ends: ${where}, and nothing will ever move it on.`,
  },
  patterns: [
    accidental({
      request: { id: 's1', ...input },
      stuckAfterMs: HOUR_MS,
      sweepEveryMs: HOUR_MS,
      app: signupApp,
    }),
    durable({ workflow: signup, activities: signupActivities, start: { id: 's1', input } }),
  ],
  expected: { accidental: { verdict: 'violated', properties: ['charged-once', 'signup-ends'] } },
  hints: {
    'charged-once': 'make the key from what survives the process: `charge:${row.id}`',
    'signup-ends': "let the sweeper read every state that waits: status: ['charged', 'provisioned']",
  },
  pages: {
    'charged-once': 'docs/errors/charged-twice.md',
    'signup-ends': 'docs/errors/never-ends.md',
  },
  assumes: [
    'the card processor remembers a key for as long as a retry may come',
    'the workspace provider refuses a second workspace of one name',
    'all I/O of the flow goes through the 3 services of this scenario',
  ],
});
