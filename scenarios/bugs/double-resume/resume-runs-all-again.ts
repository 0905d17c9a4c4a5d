import { defineScenario, queue } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { keyedMail } from '../services/mail.js';
import { isShipped, parcels, shipped } from '../services/parcels.js';
import { stepOf } from '../services/step-of.js';

const services = { mail: keyedMail, parcels };

/** A run that waits for an approval has ended. To resume it is to run it again, with all that came before the gate. */
const flow = (repaired: boolean) =>
  defineScenario({
    name: 'resume-runs-all-again',
    title: 'send the draft, wait for the approval, ship',
    services,
    keys: ['o1'],
    steps: [stepOf('mail.send', 'send the draft of', 'one-draft'), shipped],
    goal: isShipped,
    patterns: [
      queue<typeof services>({
        messages: [{ name: 'run', data: { id: 'o1', approved: false } }],
        jobs: ({ services: clients, queue: { add } }) => ({
          async run({ id: message, data: { id, approved } }) {
            if (!repaired || approved === false) await clients.mail.send({ id, key: message });
            if (approved === false) await add('run', { id, approved: true }, { id: `${id} approved` });
            else await clients.parcels.ship({ id });
          },
        }),
      }),
    ],
    assumes: [
      'somebody approves, sooner or later',
      'the mail provider remembers a key for as long as a retry may come',
    ],
  });

export default defineBug({
  id: 'resume-runs-all-again',
  family: 'double-resume',
  pattern: 'queue',
  measure: 'checkpoint at the gate',
  fault: 'none',
  crashes: 0,
  faults: 0,
  workers: 1,
  parallel: false,
  breaks: 'one-draft',
  invisibleAtEnd: false,
  retells: {
    what: 'opencompany #438: resuming an approved run executes what lies before the gate again',
    url: 'https://github.com/tinyhumansai/opencompany/issues/438',
  },
  search: {},
  buggy: flow(false),
  repaired: flow(true),
});
