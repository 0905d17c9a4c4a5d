import { defineBug } from '../define-bug.js';
import { refundUnder } from '../services/refund.js';

/** The retry has the same key. A key that has failed twice is exchanged, so as not to be stuck with it. */
const flow = (repaired: boolean) =>
  refundUnder({
    name: 'key-rotated',
    title: 'give the money back; after two failures, under a fresh key',
    keyOf: ({ idempotencyKey, attempt }) => (attempt > 2 && !repaired ? `${idempotencyKey}/fresh` : idempotencyKey),
  });

export default defineBug({
  id: 'key-rotated',
  family: 'timeout-but-succeeded',
  pattern: 'durable',
  measure: 'key that is never exchanged',
  fault: 'timeout-after',
  crashes: 0,
  faults: 2,
  workers: 1,
  parallel: false,
  breaks: 'refunded-once',
  invisibleAtEnd: false,
  retells: {
    what: 'medusa #16682: the key is used again for one retry, and exchanged if that fails too',
    url: 'https://github.com/medusajs/medusa/pull/16682',
  },
  search: { faults: ['timeout-after'], maxFaults: 2 },
  buggy: flow(false),
  repaired: flow(true),
});
