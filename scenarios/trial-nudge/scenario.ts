import { accidental, defineScenario, durable } from 'crashwise/simulator';
import { nudgeApp } from './accidental.js';
import { services } from './services.js';
import { nudgeActivities, trialNudge } from './workflow.js';

const DAY_MS = 86_400_000;
const input = { user: 'ada@example.com' };

export default defineScenario({
  name: 'trial-nudge',
  title: 'wait three days, check, nudge whoever is not active',
  services,
  keys: ['t1'],
  steps: [
    {
      title: 'send nudge',
      effect: 'mail.nudge',
      class: 'exactly-once',
      property: 'nudged-once',
      key: () => 't1',
      text: ({ to, key }: { to: string; key?: string }) => `nudge ${to}${key === undefined ? '' : `, key ${key}`}`,
      twice: (trial) => `The user of trial ${trial} was nudged twice.`,
      never: (trial) => `The user of trial ${trial} was never nudged.`,
    },
  ],
  goal: {
    property: 'nudge-ends',
    reached: ({ mail }) => mail.keys.length > 0,
    missed: (where) => `The user of trial t1 is never nudged: ${where}.`,
  },
  patterns: [
    accidental({
      request: { id: 't1', ...input },
      stuckAfterMs: 3 * DAY_MS,
      sweepEveryMs: DAY_MS,
      app: nudgeApp,
    }),
    durable({ workflow: trialNudge, activities: nudgeActivities, start: { id: 't1', input } }),
  ],
  expected: { accidental: { verdict: 'violated', properties: ['nudged-once'] } },
  hints: { 'nudged-once': 'give the mail a key that is made from the row: `nudge:${trial.id}`' },
  pages: { 'nudged-once': 'docs/errors/charged-twice.md', 'nudge-ends': 'docs/errors/never-ends.md' },
  assumes: [
    'the mail provider remembers a key for as long as a retry may come',
    'all I/O of the flow goes through the 2 services of this scenario',
  ],
});
