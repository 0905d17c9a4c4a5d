import type { Store } from '../../engine/index.js';
import type { MemoryStore } from '../../engine/store/memory.js';
import type { Machine } from '../pattern.js';
import type { Mutation } from './operator.js';

/** Where the engine's store lies: a state that is put in its place is what survives. */
export interface StoreAt {
  readonly store: MemoryStore;
  part: MemoryStore['state'];
}

/**
 * Changes the engine's store as its worker and client see it, below the boundaries: each call still happens whole, when
 * the schedule lets it. Called once in each life. A pattern that stands on something else stays as it is.
 */
export function atStore(change: (at: StoreAt, machine: Machine) => Partial<Store>): Mutation {
  return {
    pattern: (pattern) => ({
      ...pattern,
      start(machine, [first, ...rest]) {
        if (first?.name !== 'store') return pattern.start(machine, first ? [first, ...rest] : rest);
        const at = first as unknown as StoreAt;
        const changed = change(at, machine);
        const seen = new Proxy(changed, {
          get(_, name) {
            const target = name in changed ? changed : at.store; // The store of now: a state may take its place.
            const member: unknown = Reflect.get(target, name);
            return typeof member === 'function' ? (member.bind(target) as unknown) : member;
          },
        });
        const resource = Object.create(first, { store: { value: seen } }) as typeof first;
        return pattern.start(machine, [resource, ...rest]);
      },
    }),
  };
}
