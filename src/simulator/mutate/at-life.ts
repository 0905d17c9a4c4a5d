import type { Life, Site } from '../life.js';
import type { Mutation } from './operator.js';

/**
 * Changes what the machinery does with each of its own calls: reads and writes of a store, a queue, a table. `call` makes
 * it. Requests to services do not come by here.
 */
export function atLife(change: (life: Life, call: () => Promise<unknown>, site: Site) => Promise<unknown>): Mutation {
  return {
    pattern: (pattern) => ({
      ...pattern,
      start(machine, resources) {
        const { life } = machine;
        const seen = new Proxy(life, {
          get(_, name) {
            if (name === 'call')
              return (...args: Parameters<Life['call']>) => change(life, () => life.call(...args), args[0]);
            const member: unknown = Reflect.get(life, name);
            return typeof member === 'function' ? (member.bind(life) as unknown) : member;
          },
        });
        pattern.start({ ...machine, life: seen }, resources);
      },
    }),
  };
}
