import { defineScenario } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { orderColumn } from '../services/order-column.js';
import { mail } from '../services/mail.js';
import { isShipped, parcels, shipped } from '../services/parcels.js';
import { stepOf } from '../services/step-of.js';

const services = { mail, parcels };

/** The provider knows no keys, so a retry must not send. The record that would stop it is written after the sending. */
const flow = (repaired: boolean) =>
  defineScenario({
    name: 'code-sent-again',
    title: 'send a code at most once, then ship',
    services,
    keys: ['o1'],
    steps: [stepOf('mail.send', 'send a code for', 'one-code-at-most', 'at-most-once'), shipped],
    goal: isShipped,
    patterns: [
      orderColumn<typeof services>(({ services: clients, status }) => async ({ data: { id } }) => {
        if ((await status.get(id)) === 'new') {
          if (repaired) await status.set(id, 'new', 'sent');
          await clients.mail.send({ id });
          if (!repaired) await status.set(id, 'new', 'sent');
        }
        await clients.parcels.ship({ id });
      }),
    ],
    assumes: [],
  });

export default defineBug({
  id: 'code-sent-again',
  family: 'retry-policy',
  pattern: 'status-column',
  measure: 'record before what may happen once at most',
  fault: 'crash',
  crashes: 1,
  faults: 0,
  workers: 1,
  parallel: false,
  breaks: 'one-code-at-most',
  invisibleAtEnd: true,
  retells: {
    what: 'plumber #611: a retry of a step sends mails that were sent already',
    url: 'https://github.com/opengovsg/plumber/pull/611',
  },
  search: {},
  buggy: flow(false),
  repaired: flow(true),
});
