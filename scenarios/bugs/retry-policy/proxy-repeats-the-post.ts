import { defineBug } from '../define-bug.js';
import { lookThenCharge } from '../services/look-then-charge.js';

/** The code looks before it acts, and acts once. The proxy in between sends the request on a second time. */
const flow = (repaired: boolean) => lookThenCharge('proxy-repeats-the-post', repaired);

export default defineBug({
  id: 'proxy-repeats-the-post',
  family: 'retry-policy',
  pattern: 'accidental',
  measure: 'key besides the look',
  fault: 'duplicate',
  crashes: 0,
  faults: 1,
  workers: 1,
  parallel: false,
  breaks: 'charged-once',
  invisibleAtEnd: false,
  retells: {
    what: 'moov-io/infra #5: the load balancer silently repeats requests that are not idempotent',
    url: 'https://github.com/moov-io/infra/issues/5',
  },
  search: { faults: ['duplicate'], maxFaults: 1 },
  buggy: flow(false),
  repaired: flow(true),
});
