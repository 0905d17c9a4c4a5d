import { defineScenario, queue } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { keyedMail } from '../services/mail.js';
import { stepOf } from '../services/step-of.js';

const services = { mail: keyedMail };

/** Each machine has the same schedule. The key is that of the message, and there is one message from each. */
const flow = (repaired: boolean) =>
  defineScenario({
    name: 'tick-on-two-machines',
    title: 'on Monday, send the report',
    services,
    keys: ['Monday'],
    steps: [stepOf('mail.send', 'send the report of', 'one-report')],
    goal: {
      property: 'report-sent',
      reached: (world) => world.mail.keys.length > 0,
      missed: (where) => `The report of Monday is never sent: ${where}.`,
    },
    patterns: [
      queue<typeof services>({
        messages: [1, 2].map((machine) => ({
          name: 'report',
          id: `tick of machine ${machine}`,
          data: { id: 'Monday' },
        })),
        jobs: ({ services: clients }) => ({
          report: ({ id: message, data: { id } }) => clients.mail.send({ id, key: repaired ? id : message }),
        }),
      }),
    ],
    assumes: ['the mail provider remembers a key for as long as a retry may come'],
  });

export default defineBug({
  id: 'tick-on-two-machines',
  family: 'double-resume',
  pattern: 'queue',
  measure: 'key of the occasion, not of the message',
  fault: 'none',
  crashes: 0,
  faults: 0,
  workers: 1,
  parallel: false,
  breaks: 'one-report',
  invisibleAtEnd: false,
  retells: {
    what: 'node-cron #543: with two instances, each scheduled job runs twice',
    url: 'https://github.com/kelektiv/node-cron/issues/543',
  },
  search: {},
  buggy: flow(false),
  repaired: flow(true),
});
