import type { History } from '../../engine/index.js';
import { MessageQueue } from '../patterns/message-queue.js';
import { StatusTable } from '../patterns/status-table.js';
import { all } from './all.js';
import { atResources } from './at-resources.js';
import { atStore } from './at-store.js';
import type { Operator } from './operator.js';

/**
 * The last write of a worker that has died comes a second time, when another one has claimed the execution: a proxy sent
 * it again, a connection took its time. The store knows it by its old token, and by the length that the history had then;
 * both are one measure here, and gone.
 */
export const fenceRemoved: Operator = {
  name: 'fence-removed',
  text: 'a late write of a worker that another one has overtaken is taken by the store',
  standsOn: ({ name }) => name === 'store',
  make: (applied) =>
    atStore((at) => ({
      async claim(request) {
        const { executions } = at.part;
        const claims = await at.store.claim(request);
        for (const claim of claims) {
          const { execution, history } = executions[claim.id]!;
          const events = lastWrite(history);
          if (execution.leaseOwner === null || events.length === 0) continue; // It was given back: nobody has died.
          applied();
          const expectedLength = execution.length;
          await at.store.commit(claim, {
            expectedLength,
            events,
            status: 'running',
            problem: null,
            wakeAt: 0,
            release: false,
          });
        }
        return claims;
      },
    })),
};

/** The last decision, and what it was made upon. */
function lastWrite(history: History): History {
  const decisions = history.flatMap(({ type }, index) => (type === 'decided' ? [index] : []));
  const last = decisions.at(-1);
  return last === undefined ? [] : history.slice((decisions.at(-2) ?? 0) + 1, last + 1);
}

/** A receipt is good until the message is delivered once more; here it stays good. */
export const receiptUnchecked: Operator = {
  name: 'receipt-unchecked',
  text: 'the queue takes the receipt of an older delivery',
  standsOn: (resource) => resource instanceof MessageQueue,
  make: (applied) =>
    atResources((resource) => {
      if (!(resource instanceof MessageQueue)) return;
      for (const name of ['acknowledge', 'giveBack', 'extend'] as const) {
        const method = resource[name].bind(resource) as (...args: unknown[]) => void;
        resource[name] = (receipt: Parameters<MessageQueue['acknowledge']>[0], ...rest: unknown[]) => {
          const now = resource.part.waiting.find(({ handle }) => handle === receipt.handle);
          // One that is gone needs no second goodbye.
          if (now?.deliveries === receipt.deliveries || (!now && name !== 'extend')) return method(receipt, ...rest);
          applied();
          if (now) method(now, ...rest);
        };
      }
    }),
};

export const casBlind: Operator = {
  name: 'cas-blind',
  text: 'compare-and-set writes without comparing',
  make: (applied) =>
    all(
      atStore(({ store }) => ({
        async commit(lease, commit) {
          const row = await store.get(lease.id);
          if (!row || row.length === commit.expectedLength) return store.commit(lease, commit);
          applied();
          return store.commit(lease, { ...commit, expectedLength: row.length });
        },
      })),
      atResources((resource) => {
        if (!(resource instanceof StatusTable)) return;
        const column = resource.column.bind(resource);
        resource.column = (life) => ({
          get: column(life).get,
          set: (id, from, to) =>
            life.call({ name: `status.set:${to}`, kind: 'record', text: `set row ${id} to "${to}"` }, () => {
              if (resource.part[id] !== from) applied();
              resource.part = { ...resource.part, [id]: to };
              return true;
            }),
        });
      }),
    ),
};
