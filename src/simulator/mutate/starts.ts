import { atStore } from './at-store.js';
import type { Operator } from './operator.js';

/** The worker holds one execution at a time: two of them side by side show nothing else, in very many more orders. */
export const startRepeated: Operator = {
  name: 'start-repeated',
  text: 'a request that comes again starts a second execution',
  make: (applied) =>
    atStore((at) => {
      let isBusy = false;
      return {
        create(started) {
          const isKnown = at.part.executions[started.id] !== undefined;
          if (isKnown) applied();
          return at.store.create(isKnown ? { ...started, id: `${started.id} again` } : started);
        },
        async claim(request) {
          isBusy = (request.held ?? []).length > 0;
          const claims = isBusy ? [] : await at.store.claim({ ...request, limit: 1 });
          isBusy ||= claims.length > 0;
          return claims;
        },
        // It looks again when it has let go.
        nextDue: async (workflows) => (isBusy ? undefined : at.store.nextDue(workflows)),
      };
    }),
};
