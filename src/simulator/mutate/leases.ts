import { MessageQueue } from '../patterns/message-queue.js';
import { all } from './all.js';
import { atResources } from './at-resources.js';
import { atStore } from './at-store.js';
import type { Operator } from './operator.js';

/** Shorter than what any step takes that waits for something. */
const TOO_SHORT_MS = 100;

export const leaseShort: Operator = {
  name: 'lease-short',
  text: 'a lease, or the visibility of a message, runs out before the step is done',
  make: (applied) =>
    all(
      atStore((at) => ({
        claim(request) {
          applied();
          return at.store.claim({ ...request, leaseMs: TOO_SHORT_MS });
        },
      })),
      atResources((resource) => {
        if (!(resource instanceof MessageQueue)) return;
        const receive = resource.receive.bind(resource);
        const extend = resource.extend.bind(resource);
        resource.extend = (receipt, _, now) => extend(receipt, TOO_SHORT_MS, now);
        resource.receive = (handle, life) => {
          const message = receive(handle, life);
          if (!message) return undefined;
          applied();
          const short = { ...message, visibleAt: life.now + TOO_SHORT_MS };
          const waiting = resource.part.waiting.map((one) => (one.handle === handle ? short : one));
          resource.part = { ...resource.part, waiting };
          return short;
        };
      }),
    ),
};

export const heartbeatDropped: Operator = {
  name: 'heartbeat-dropped',
  text: 'a heartbeat is answered and extends nothing',
  make: (applied) =>
    all(
      atStore(() => ({ renew: async () => applied() })),
      atResources((resource) => {
        if (resource instanceof MessageQueue) resource.extend = applied;
      }),
    ),
};
