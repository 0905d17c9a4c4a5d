import { queue } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { effect } from '../services/effect.js';
import { payments } from '../services/payments.js';
import { scenarioOf } from '../services/scenario-of.js';

const services = { payments };

/** A request is noted when it begins. The second time it is found begun, it is taken for one that was answered. */
const flow = (repaired: boolean) =>
  scenarioOf({
    title: 'charge, with a record of the requests that came in',
    services,
    steps: [effect('payments.charge', 'exactly-once', 'charged-once')],
    pattern: queue<typeof services>({
      messages: [{ name: 'charge', data: { id: 'o1' } }],
      outbox: true,
      jobs: ({ services: { payments: api }, rows, transaction }) => ({
        async charge({ id }) {
          const begun = Number((await rows!.get('requests', id))?.['begun'] ?? 0);
          if (begun >= 2 && !repaired) return;
          await transaction!((write) => write.put('requests', id, { begun: Math.min(begun + 1, 2) }));
          await api.charge({ key: id, amount: 49 });
        },
      }),
    }),
  });

export default defineBug({
  id: 'stuck-in-progress',
  family: 'lost-acknowledgement',
  pattern: 'queue',
  measure: 'a request is known as done only when it is',
  fault: 'crash',
  crashes: 2,
  faults: 0,
  workers: 1,
  parallel: false,
  breaks: 'charged-once',
  invisibleAtEnd: false,
  retells: {
    what: 'IdempotentAPI 37: a retry of a request that crashed is a conflict',
    url: 'https://github.com/ikyriak/IdempotentAPI/issues/37',
  },
  search: {},
  buggy: flow(false),
  repaired: flow(true),
});
