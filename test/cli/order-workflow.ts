/** A module of a user's: a step that fails at first, a signal, a query, a timer. */
export const ORDER = `
import { activities as proxy, activityInfo, condition, defineQuery, defineSignal, setHandler, sleep, workflow } from 'crashwise/engine';

export const activities = {
  charge: async (id: string, amount: number): Promise<string> => {
    if (activityInfo().attempt === 1) throw new Error('the network is down');
    return 'receipt ' + id + ' ' + amount;
  },
  refund: async (id: string): Promise<string> => 'refund ' + id,
};
const { charge, refund } = proxy<typeof activities>({ retry: { initialIntervalMs: 20, maximumAttempts: 3 } });
const approve = defineSignal<[string]>('approve');
const state = defineQuery<string>('state');

export const order = workflow('order', async (input: { id: string; amount: number; napMs: number }) => {
  let now = 'new';
  let by: string | undefined;
  setHandler(state, () => now);
  setHandler(approve, (who) => {
    by = who;
  });
  const receipt = await charge(input.id, input.amount);
  now = 'charged';
  await condition(() => by !== undefined);
  now = 'approved by ' + by;
  await sleep(input.napMs);
  return { receipt, by: by! };
});
export const unused = refund;
`;
