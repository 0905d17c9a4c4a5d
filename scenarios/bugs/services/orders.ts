import { defineService } from 'crashwise/simulator';

/** A book of orders that may be cancelled. */
export const orders = defineService({
  initial: { cancelled: [] as readonly string[] },
  requests: {
    cancel({ cancelled }, { id }: { id: string }) {
      const known = cancelled.includes(id);
      return {
        state: { cancelled: known ? cancelled : [...cancelled, id] },
        result: undefined,
        effect: known ? 'refused' : 'done',
        text: known ? `${id} is cancelled already` : `${id} is cancelled`,
      };
    },
    isCancelled: (state, { id }: { id: string }) => ({
      state,
      result: state.cancelled.includes(id),
      effect: 'none',
      text: '',
    }),
  },
});
