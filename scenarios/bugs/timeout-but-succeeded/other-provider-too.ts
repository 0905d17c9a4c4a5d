import { defineScenario, defineService } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { orderColumn } from '../services/order-column.js';
import { isShipped, parcels, shipped } from '../services/parcels.js';
import { stepOf } from '../services/step-of.js';

/** Two providers of text messages, neither of which keeps anything. */
const sms = defineService({
  initial: {},
  requests: {
    send: (state, { id, by }: { id: string; by: 'the first' | 'the second' }) => ({
      state,
      result: undefined,
      effect: 'done',
      text: `${by} provider sends a message to ${id}`,
    }),
  },
});
const services = { sms, parcels };

/** No answer from the first provider, so the second one is asked. The first one has sent it. */
const flow = (repaired: boolean) =>
  defineScenario({
    name: 'other-provider-too',
    title: 'send one message at most, by whichever provider works, then ship',
    services,
    keys: ['o1'],
    steps: [stepOf('sms.send', 'send a message to', 'one-message-at-most', 'at-most-once'), shipped],
    goal: isShipped,
    patterns: [
      orderColumn<typeof services>(({ services: clients, status }) => async ({ data: { id } }) => {
        if (await status.set(id, 'new', 'told')) {
          try {
            await clients.sms.send({ id, by: 'the first' });
          } catch (error) {
            const unknown = (error as Error).name === 'TimeoutError';
            if (!(repaired && unknown)) await clients.sms.send({ id, by: 'the second' });
          }
        }
        await clients.parcels.ship({ id });
      }),
    ],
    assumes: [],
  });

export default defineBug({
  id: 'other-provider-too',
  family: 'timeout-but-succeeded',
  pattern: 'status-column',
  measure: 'fallback only after a refusal',
  fault: 'timeout-after',
  crashes: 0,
  faults: 1,
  workers: 1,
  parallel: false,
  breaks: 'one-message-at-most',
  invisibleAtEnd: true,
  retells: {
    what: 'OwnPay #183: while a payment is under way at one gateway, it may be begun at another',
    url: 'https://github.com/own-pay/OwnPay/issues/183',
  },
  search: { faults: ['timeout-after'], maxFaults: 1 },
  buggy: flow(false),
  repaired: flow(true),
});
