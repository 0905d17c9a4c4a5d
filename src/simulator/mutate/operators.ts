import { compensationReordered, compensationSkipped } from './compensations.js';
import { effectAfterRecord, errorSwallowed, uniqueIgnored } from './effects.js';
import { keyDropped, keyPerAttempt, keyRandom, keyShared, windowShort } from './keys.js';
import { heartbeatDropped, leaseShort } from './leases.js';
import type { Operator } from './operator.js';
import { recordDropped, recordNotAwaited } from './records.js';
import { liveClock, retryCapRemoved } from './workflow-code.js';
import { startRepeated } from './starts.js';
import { casBlind, fenceRemoved, receiptUnchecked } from './writers.js';

/** All safety measures that can be taken away. */
export const OPERATORS: readonly Operator[] = [
  keyDropped,
  keyRandom,
  keyPerAttempt,
  keyShared,
  windowShort,
  effectAfterRecord,
  recordNotAwaited,
  recordDropped,
  uniqueIgnored,
  startRepeated,
  errorSwallowed,
  retryCapRemoved,
  compensationSkipped,
  compensationReordered,
  liveClock,
  leaseShort,
  heartbeatDropped,
  fenceRemoved,
  receiptUnchecked,
  casBlind,
];
