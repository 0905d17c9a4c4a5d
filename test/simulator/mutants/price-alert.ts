import { defineScenario, defineService, statusColumn, type StatusColumnOptions } from 'crashwise/simulator';

const mail = defineService({
  initial: { alerts: 0 },
  requests: {
    send: ({ alerts }, _to: string) => ({
      state: { alerts: Math.min(alerts + 1, 2) },
      result: null,
      effect: 'done',
      text: 'the alert is sent',
    }),
  },
});
const audit = defineService({
  initial: { done: false },
  requests: {
    close: (_state) => ({ state: { done: true }, result: null, effect: 'done', text: 'the alert is closed' }),
  },
});
const services = { mail, audit };
type Jobs = StatusColumnOptions<typeof services>['jobs'];

/** Rather none than two: only who has set the status sends. */
const claimFirst: Jobs = ({ services: { mail: provider, audit: log }, status }) => ({
  async alert({ data: { id } }) {
    if (await status.set(id, 'new', 'sending')) await provider.send('ada@example.com');
    await log.close();
  },
});

/** Two clicks, and a message for each: only the first that sets the status sends. */
const alertOf = (name: string, messages: readonly { name: 'alert'; id: string; data: { id: string } }[]) =>
  defineScenario({
    name,
    title: 'send a price alert, rather never than twice',
    services,
    keys: ['a1'],
    steps: [
      {
        title: 'send alert',
        effect: 'mail.send',
        class: 'at-most-once',
        property: 'alerted-once',
        key: () => 'a1',
        text: (to: string) => `send the alert to ${to}`,
        twice: () => 'The alert was sent twice.',
        never: () => 'The alert was never sent.',
      },
      {
        title: 'close alert',
        effect: 'audit.close',
        class: 'at-least-once',
        property: 'closed',
        key: () => 'a1',
        text: () => 'close the alert',
        twice: () => 'The alert was closed twice.',
        never: () => 'The alert was never closed.',
      },
    ],
    goal: {
      property: 'alert-ends',
      reached: (world) => world.audit.done,
      missed: (where) => `The alert never ends: ${where}.`,
    },
    patterns: [statusColumn<typeof services>({ messages, initial: 'new', jobs: claimFirst })],
    assumes: [],
  });

const data = { id: 'a1' };
export const priceAlert = alertOf('price-alert', [{ name: 'alert', id: 'm1', data }]);
export const doubleClick = alertOf('double-click', [
  { name: 'alert', id: 'm1', data },
  { name: 'alert', id: 'm2', data },
]);
