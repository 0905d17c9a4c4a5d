import { defineService } from 'crashwise/simulator';
import { stepOf } from './step-of.js';

/** A mail provider that keeps nothing: neither keys nor what it has sent. */
export const mail = defineService({
  initial: {},
  requests: {
    send: (state, { id }: { id: string }) => ({
      state,
      result: undefined,
      effect: 'done',
      text: `a mail goes to ${id}`,
    }),
  },
});

/** A mail provider that sends a mail once for each key. */
export const keyedMail = defineService({
  initial: { keys: [] as readonly string[] },
  requests: {
    send({ keys }, { id, key }: { id: string; key: string }) {
      if (keys.includes(key))
        return { state: { keys }, result: undefined, effect: 'refused', text: 'the provider knows this mail' };
      return { state: { keys: [...keys, key] }, result: undefined, effect: 'done', text: `a mail goes to ${id}` };
    },
  },
});

export const reminded = stepOf('mail.send', 'remind', 'reminded-once');

/** The end of a reminder of several people: each is a step of its own. */
export const isReminded = {
  property: 'reminder-ends',
  reached: (world: { readonly mail: { readonly keys: readonly string[] } }) => world.mail.keys.length > 0,
  missed: (where: string) => `Nobody is reminded: ${where}.`,
};
