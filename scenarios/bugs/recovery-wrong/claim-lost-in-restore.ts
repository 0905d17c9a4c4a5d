import { defineScenario, defineService, queue } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { mail } from '../services/mail.js';
import { isShipped, parcels, shipped } from '../services/parcels.js';
import { stepOf } from '../services/step-of.js';

/** Who may send: kept apart from the database of the flow. */
const claims = defineService({
  initial: { taken: [] as readonly string[] },
  requests: {
    take({ taken }, { id }: { id: string }) {
      const known = taken.includes(id);
      return {
        state: { taken: known ? taken : [...taken, id] },
        result: !known,
        effect: 'none',
        text: known ? `${id} is taken` : `${id} is free, and taken now`,
      };
    },
  },
});
const services = { claims, mail, parcels };

/** What must not happen twice is claimed in the database first. The database comes back from a backup, without the claim. */
const flow = (repaired: boolean) =>
  defineScenario({
    name: 'claim-lost-in-restore',
    title: 'ship, and send one mail at most',
    services,
    keys: ['o1'],
    steps: [shipped, stepOf('mail.send', 'send a mail for', 'one-mail-at-most', 'at-most-once')],
    goal: isShipped,
    patterns: [
      queue<typeof services>({
        messages: [{ name: 'order', data: { id: 'o1' } }],
        outbox: true,
        jobs: ({ services: clients, rows, transaction }) => ({
          async order({ data: { id } }) {
            await clients.parcels.ship({ id });
            const first = await clients.claims.take({ id });
            if (await rows!.get('claims', id)) return;
            await transaction!((write) => write.put('claims', id, { taken: true }));
            if (first || !repaired) await clients.mail.send({ id });
          },
        }),
      }),
    ],
    assumes: [],
  });

export default defineBug({
  id: 'claim-lost-in-restore',
  family: 'recovery-wrong',
  pattern: 'queue',
  measure: 'claim outside of what is restored',
  fault: 'restore',
  crashes: 1,
  faults: 1,
  workers: 1,
  parallel: false,
  breaks: 'one-mail-at-most',
  invisibleAtEnd: true,
  retells: {
    what: 'CREB (FSE 2018): incorrect backup, 17 of 100 crash recovery bugs',
    url: 'https://muratbuffalo.blogspot.com/2019/01/paper-review-empirical-study-on-crash.html',
  },
  search: { faults: ['restore'], maxFaults: 1 },
  buggy: flow(false),
  repaired: flow(true),
});
