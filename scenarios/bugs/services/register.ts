import { defineService } from 'crashwise/simulator';

/** A register that anybody may look into. It takes a second entry of one id, unless it is asked not to. */
export const register = defineService({
  initial: { entries: [] as readonly string[] },
  requests: {
    has(state, { id }: { id: string }) {
      const known = state.entries.includes(id);
      return { state, result: known, effect: 'none', text: known ? `${id} is there` : `there is no ${id}` };
    },
    /** True if it is entered. */
    add(state, { id, unique = false }: { id: string; unique?: boolean }) {
      if (unique && state.entries.includes(id)) {
        return { state, result: false, effect: 'refused', text: `${id} is there already` };
      }
      return { state: { entries: [...state.entries, id] }, result: true, effect: 'done', text: `${id} is entered` };
    },
  },
});
