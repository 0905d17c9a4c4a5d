import { defineService } from 'crashwise/simulator';

/** What the product knows of its users. Nobody here has invited a colleague, so everybody is to be nudged. */
const usage = defineService({
  initial: { active: [] as readonly string[] },
  requests: {
    isActive: (state, user: string) => ({
      state,
      result: state.active.includes(user),
      effect: 'none',
      text: `the product says that ${user} is ${state.active.includes(user) ? 'active' : 'not active'}`,
    }),
  },
});

/** A mail provider that honours idempotency keys, if it is given one. */
const mail = defineService({
  initial: { keys: [] as readonly (string | null)[] },
  requests: {
    nudge(state, { to, key = null }: { to: string; key?: string | null }) {
      if (key !== null && state.keys.includes(key))
        return { state, result: undefined, effect: 'refused', text: 'the provider has sent this mail already' };
      return {
        state: { keys: [...state.keys, key] },
        result: undefined,
        effect: 'done',
        text: `the provider sends the nudge to ${to}`,
      };
    },
  },
});

export const services = { usage, mail };
