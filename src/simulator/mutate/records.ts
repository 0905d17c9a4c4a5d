import { Database, type Fields, type Table } from '../patterns/table.js';
import { StatusTable } from '../patterns/status-table.js';
import type { Life } from '../life.js';
import { all } from './all.js';
import { atResources } from './at-resources.js';
import { atStore } from './at-store.js';
import type { Operator } from './operator.js';

/** What the worker takes for written is not there: the result of a step, a status, a row. */
export const recordDropped: Operator = {
  name: 'record-dropped',
  text: 'a result that later steps stand on is acknowledged and not written down',
  make: (applied) =>
    all(
      atStore((at) => {
        /** By execution: how many events this worker thinks are there, and are not. */
        const missing = new Map<string, number>();
        const lacks = (id: string): number => missing.get(id) ?? 0;
        return {
          async commit(lease, commit) {
            const goesOn = commit.events.some((event) => event.type === 'decided') && commit.status === 'running';
            const events = commit.events.filter((event) => !goesOn || event.type !== 'activity-completed');
            const dropped = commit.events.length - events.length;
            if (dropped > 0) applied();
            const expectedLength = commit.expectedLength - lacks(lease.id);
            const committed = await at.store.commit(lease, { ...commit, events, expectedLength });
            if (committed) missing.set(lease.id, lacks(lease.id) + dropped);
            return committed;
          },
          async get(id) {
            const row = await at.store.get(id);
            return row && { ...row, length: row.length + lacks(id) };
          },
          history(id) {
            missing.delete(id); // From here on it knows.
            return at.store.history(id);
          },
        };
      }),
      atResources((resource) => {
        if (resource instanceof StatusTable) {
          const column = resource.column.bind(resource);
          resource.column = (life) => ({
            get: column(life).get,
            set: (id, from, to) =>
              life.call({ name: `status.set:${to}`, kind: 'record', text: '' }, () => {
                if (resource.part[id] !== from) return false;
                applied();
                return true;
              }),
          });
        } else if (resource instanceof Database) {
          const table = resource.table.bind(resource);
          resource.table = <F extends Fields>(name: string, life: Life): Table<F> => ({
            ...table<F>(name, life),
            update: () => life.call({ name: `${name}.set`, kind: 'record', text: '' }, applied),
          });
        }
      }),
    ),
};

/** Answered before it is durable: what follows may come first, and a crash in between forgets it. */
export const recordNotAwaited: Operator = {
  name: 'effect-before-record',
  text: 'a status is taken for set before it is: what is done after it may come first',
  make: (applied) =>
    atResources((resource) => {
      if (!(resource instanceof StatusTable)) return;
      const column = resource.column.bind(resource);
      resource.column = (life) => {
        const { get, set } = column(life);
        /** By row. A write waits for the one before it, as that has the lock of the row; a read does not. */
        const underWay = new Map<string, Promise<unknown>>();
        return {
          get,
          async set(id, from, to) {
            await underWay.get(id);
            const foreseen = (await get(id)) === from;
            applied();
            const write = set(id, from, to).catch(() => {}); // Nobody hears of it: that is the mutation.
            underWay.set(id, write);
            return foreseen;
          },
        };
      };
    }),
};
