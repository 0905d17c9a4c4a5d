import { defineScenario, durable, queue } from 'crashwise/simulator';
import { agentJobs } from './queue.js';
import { services } from './services.js';
import { agent, agentActivities } from './workflow.js';

const input = { text: 'Order o1 arrived broken. Please refund it.' };

export default defineScenario({
  name: 'agent-refund',
  title: 'an AI agent looks up an order, refunds it, and replies',
  services,
  keys: ['o1'],
  steps: [
    {
      title: 'refund',
      effect: 'shop.refund',
      class: 'exactly-once',
      property: 'refunded-once',
      key: ({ order }: { order: string }) => order,
      text: ({ order, reason, key }: { order: string; reason: string; key?: string }) =>
        `refund ${order}, "${reason}"${key === undefined ? '' : `, key ${key}`}`,
      twice: (order) => `Order ${order} was refunded twice.`,
      never: (order) => `Order ${order} was never refunded.`,
    },
    {
      title: 'reply',
      effect: 'chat.reply',
      class: 'at-least-once',
      property: 'replied',
      key: () => 'o1',
      text: (text: string) => `reply: ${text}`,
      twice: (order) => `The customer of order ${order} was replied to twice.`,
      never: (order) => `The customer of order ${order} was never replied to.`,
    },
  ],
  goal: {
    property: 'conversation-ends',
    reached: ({ chat }) => chat.replied,
    missed: (where) => `The customer waits for ever: ${where}.`,
  },
  patterns: [
    queue<typeof services>({ messages: [{ name: 'answer', data: { id: 'c1' } }], jobs: agentJobs(input) }),
    durable({ workflow: agent, activities: agentActivities, start: { id: 'c1', input } }),
  ],
  expected: { queue: { verdict: 'violated', properties: ['refunded-once'] } },
  hints: {
    'refunded-once': 'give the refund a key that is made from the run and the step, never from what the model says',
  },
  pages: { 'refunded-once': 'docs/errors/charged-twice.md' },
  assumes: [
    'the shop remembers a key for as long as a retry may come',
    'all I/O of the flow goes through the 3 services of this scenario',
  ],
});
