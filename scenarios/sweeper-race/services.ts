import { defineService } from 'crashwise/simulator';

type Status = 'due' | 'credited';

/** The wallet of a customer: a row of the application's own database, in which each request is one statement. */
const wallet = defineService({
  initial: { bonus: 'due' as Status, points: 0 },
  requests: {
    /** SELECT bonus FROM wallet ... */
    bonus: (state, _id: string) => ({
      state,
      result: state.bonus,
      effect: 'none',
      text: `the bonus is ${state.bonus}`,
    }),
    /** UPDATE wallet SET points = points + 10, bonus = 'credited', and with `where`: ... WHERE bonus = ... */
    credit(state, { where }: { id: string; where?: Status }) {
      if (where !== undefined && where !== state.bonus)
        return { state, result: undefined, effect: 'refused', text: `no row has bonus = ${where}: nothing is changed` };
      const points = state.points + 10;
      return {
        state: { bonus: 'credited' as const, points },
        result: undefined,
        effect: 'done',
        text: `the wallet has ${points} points`,
      };
    },
  },
});

/** Where whoever is on call reads what had to be put back. How much that is, nobody decides by. */
const onCall = defineService({
  initial: { reports: 0 },
  requests: {
    report: ({ reports }, id: string) => ({
      state: { reports: reports + 1 },
      result: undefined,
      effect: 'done',
      text: `on call, one reads that bonus ${id} was stuck`,
    }),
  },
  view: ({ reports }) => reports > 0,
});

export const services = { wallet, onCall };
