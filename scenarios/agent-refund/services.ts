import { defineService } from 'crashwise/simulator';

export interface Message {
  readonly role: 'user' | 'model' | 'tool';
  readonly text: string;
}

export type Answer =
  | { readonly tool: 'lookUp'; readonly args: { readonly order: string } }
  | { readonly tool: 'refund'; readonly args: { readonly order: string; readonly reason: string } }
  | { readonly text: string };

/** The two ways in which this model puts the same thing: which one comes next, nobody knows who calls it. */
const REASONS = ['arrived broken', 'the item was broken on arrival'];

/** A model. What it decides follows from the conversation; how it puts it differs from call to call. */
const model = defineService({
  initial: { wording: 0 },
  requests: {
    answer({ wording }, conversation: readonly Message[]) {
      const tools = conversation.filter(({ role }) => role === 'tool').length;
      const answers: readonly Answer[] = [
        { tool: 'lookUp', args: { order: 'o1' } },
        { tool: 'refund', args: { order: 'o1', reason: REASONS[wording]! } },
        { text: 'Your refund is on its way.' },
      ];
      const result = answers[tools]!;
      const text = 'tool' in result ? `the model calls ${JSON.stringify(result)}` : `the model says: ${result.text}`;
      const next = tools === 1 ? 1 - wording : wording;
      return { state: { wording: next }, result, effect: 'none', text };
    },
  },
});

/** The shop whose orders the agent may look up and refund. It honours idempotency keys, if it is given one. */
const shop = defineService({
  initial: { refunds: [] as readonly (string | null)[] },
  requests: {
    lookUp: (state, order: string) => ({
      state,
      result: 'paid 49.00, delivered',
      effect: 'none',
      text: `the shop finds ${order}`,
    }),
    refund({ refunds }, { order, key = null }: { order: string; reason: string; key?: string | null }) {
      if (key !== null && refunds.includes(key))
        return {
          state: { refunds },
          result: 'refunded',
          effect: 'refused',
          text: 'the shop has made this refund already',
        };
      return {
        state: { refunds: [...refunds, key] },
        result: 'refunded',
        effect: 'done',
        text: `the shop refunds ${order}`,
      };
    },
  },
});

/** The chat that the customer looks at: a reply that is there is not shown again. */
const chat = defineService({
  initial: { replied: false },
  requests: {
    reply: (_, text: string) => ({
      state: { replied: true },
      result: undefined,
      effect: 'done',
      text: `the customer reads: ${text}`,
    }),
  },
});

export const services = { model, shop, chat };
