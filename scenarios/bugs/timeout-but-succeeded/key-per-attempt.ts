import { defineBug } from '../define-bug.js';
import { refundUnder } from '../services/refund.js';

/** A failed attempt is struck out, and its number was the key. Whether it had failed, nobody knows. */
const flow = (repaired: boolean) =>
  refundUnder({
    name: 'key-per-attempt',
    title: 'give the money back',
    keyOf: ({ idempotencyKey, attempt }) => (repaired ? idempotencyKey : `${idempotencyKey}/${attempt}`),
  });

export default defineBug({
  id: 'key-per-attempt',
  family: 'timeout-but-succeeded',
  pattern: 'durable',
  measure: 'key without the number of the attempt',
  fault: 'timeout-after',
  crashes: 0,
  faults: 1,
  workers: 1,
  parallel: false,
  breaks: 'refunded-once',
  invisibleAtEnd: false,
  retells: {
    what: 'medusa #16681: a refund that is tried again after a failure has another key',
    url: 'https://github.com/medusajs/medusa/issues/16681',
  },
  search: { faults: ['timeout-after'], maxFaults: 1 },
  buggy: flow(false),
  repaired: flow(true),
});
