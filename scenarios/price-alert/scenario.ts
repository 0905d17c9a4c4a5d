import { defineScenario, statusColumn } from 'crashwise/simulator';
import { services } from './services.js';
import { alertJobs } from './status-column.js';

export default defineScenario({
  name: 'price-alert',
  title: 'a price has fallen: alert whoever watches it, rather never than twice',
  services,
  keys: ['w1'],
  steps: [
    {
      title: 'send alert',
      effect: 'push.send',
      class: 'at-most-once',
      property: 'alerted-once',
      key: () => 'w1',
      text: (to: string) => `alert ${to}`,
      twice: (id) => `The alert of entry ${id} was sent twice.`,
      never: (id) => `The alert of entry ${id} was never sent.`,
    },
    {
      title: 'take off the list',
      effect: 'watchList.takeOff',
      class: 'at-least-once',
      property: 'taken-off',
      key: (id: string) => id,
      text: (id: string) => `take entry ${id} off the list`,
      twice: (id) => `Entry ${id} was taken off twice.`,
      never: (id) => `Entry ${id} was never taken off.`,
    },
  ],
  goal: {
    property: 'alert-ends',
    reached: ({ watchList }) => !watchList.watched,
    missed: (where) => `Entry w1 stays on the list: ${where}.`,
  },
  patterns: [
    statusColumn<typeof services>({
      messages: [{ name: 'alert', data: { id: 'w1' } }],
      initial: 'watched',
      jobs: alertJobs,
    }),
  ],
  hints: { 'alerted-once': "claim the row before you send: if (await status.set(id, 'watched', 'alerted')) …" },
  pages: { 'alerted-once': 'docs/errors/charged-twice.md', 'alert-ends': 'docs/errors/never-ends.md' },
  assumes: ['all I/O of the flow goes through the 2 services of this scenario'],
});
