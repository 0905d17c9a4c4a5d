import { defineService } from 'crashwise/simulator';

/** A mail provider that keeps nothing of what it sends, but for keys, where it is given one. */
export const post = defineService({
  initial: { keys: [] as readonly string[] },
  requests: {
    send(state, { to, key }: { to: string; key?: string }) {
      if (key !== undefined && state.keys.includes(key)) {
        return { state, result: null, effect: 'refused', text: `the provider knows ${key}` };
      }
      const keys = key === undefined ? state.keys : [...state.keys, key];
      return { state: { keys }, result: null, effect: 'done', text: `a mail goes to ${to}` };
    },
  },
});
