import { defineBug } from '../define-bug.js';
import { lookThenCharge } from '../services/look-then-charge.js';

/** The old worker has looked, and stands still. The new one is asked again, looks, and acts. The old one wakes. */
const flow = (repaired: boolean) => lookThenCharge('looked-up-and-paused', repaired);

export default defineBug({
  id: 'looked-up-and-paused',
  family: 'double-resume',
  pattern: 'accidental',
  measure: 'key besides the look',
  fault: 'zombie',
  crashes: 0,
  faults: 1,
  workers: 2,
  parallel: false,
  breaks: 'charged-once',
  invisibleAtEnd: false,
  retells: {
    what: 'dbos-transact-ts #1219: one workflow is recovered twice, and runs in two processes',
    url: 'https://github.com/dbos-inc/dbos-transact-ts/issues/1219',
  },
  search: { zombies: true, maxFaults: 1 },
  buggy: flow(false),
  repaired: flow(true),
});
