import { defineScenario, queue } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { isReminded, keyedMail, reminded } from '../services/mail.js';

const services = { mail: keyedMail };

/** One of two mails was sent when the job died. The whole batch is tried again, with new keys. */
const flow = (repaired: boolean) =>
  defineScenario({
    name: 'key-per-delivery',
    title: 'remind two people at once',
    services,
    keys: ['Ada', 'Bob'],
    steps: [reminded],
    goal: isReminded,
    patterns: [
      queue<typeof services>({
        messages: [{ name: 'remind', data: { id: 'r1' } }],
        jobs: ({ services: clients, randomUUID }) => ({
          async remind(job) {
            const batch = repaired ? job.id : randomUUID();
            await Promise.all(['Ada', 'Bob'].map((id) => clients.mail.send({ id, key: `${batch}/${id}` })));
          },
        }),
      }),
    ],
    assumes: ['the mail provider remembers a key for as long as a retry may come'],
  });

export default defineBug({
  id: 'key-per-delivery',
  family: 'retry-policy',
  pattern: 'queue',
  measure: 'key of the item, not of the delivery',
  fault: 'crash',
  crashes: 1,
  faults: 0,
  workers: 1,
  parallel: true,
  breaks: 'reminded-once',
  invisibleAtEnd: false,
  retells: {
    what: 'documenso #3000: some reminders are sent, the rest fails, and the retry sends all again',
    url: 'https://github.com/documenso/documenso/issues/3000',
  },
  search: {},
  buggy: flow(false),
  repaired: flow(true),
});
