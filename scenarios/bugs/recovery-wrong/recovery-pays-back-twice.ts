import { defineScenario } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { orderColumn } from '../services/order-column.js';
import { cards, isCharged } from '../services/cards.js';
import { stepOf } from '../services/step-of.js';

const services = { cards };

/** After a crash it pays back what it may have charged, and begins anew. A crash in that recovery recovers once more. */
const flow = (repaired: boolean) =>
  defineScenario({
    name: 'recovery-pays-back-twice',
    title: 'charge the card; after a crash, pay back and charge again',
    services,
    keys: ['o1'],
    steps: [
      stepOf('cards.charge', 'charge', 'charged', 'at-least-once'),
      stepOf('cards.refund', 'pay back', 'paid-back-once', 'at-most-once'),
    ],
    goal: isCharged,
    patterns: [
      orderColumn<typeof services>(({ services: clients, status }) => async ({ data: { id } }) => {
        const at = await status.get(id);
        if (at === 'new') {
          await status.set(id, 'new', 'charging');
          await clients.cards.charge({ id, key: `${id} first` });
          await status.set(id, 'charging', 'charged');
          return;
        }
        if (at === 'charging') {
          if (await clients.cards.find({ id })) await clients.cards.refund(repaired ? { id, key: id } : { id });
          await status.set(id, 'charging', 'again');
        }
        if (at !== 'charged') await clients.cards.charge({ id, key: `${id} second` });
      }),
    ],
    assumes: ['the processor remembers a key for as long as a retry may come'],
  });

export default defineBug({
  id: 'recovery-pays-back-twice',
  family: 'recovery-wrong',
  pattern: 'status-column',
  measure: 'key on what recovery does',
  fault: 'crash',
  crashes: 2,
  faults: 0,
  workers: 1,
  parallel: false,
  breaks: 'paid-back-once',
  invisibleAtEnd: false,
  retells: {
    what: 'CREB (FSE 2018): incorrect state recovery, 28 of 100 crash recovery bugs; a crash while recovering',
    url: 'https://muratbuffalo.blogspot.com/2019/01/paper-review-empirical-study-on-crash.html',
  },
  search: {},
  buggy: flow(false),
  repaired: flow(true),
});
