import { activities, activityInfo, workflow } from 'crashwise/engine';
import type { ServiceClients } from 'crashwise/simulator';
import type { Message, services } from './services.js';

export interface Question {
  readonly text: string;
}

/** What the agent does outside: the model is asked in a step of its own, so that its answer is on record. */
export const agentActivities = ({ model, shop, chat }: ServiceClients<typeof services>) => ({
  askModel: (conversation: readonly Message[]) => model.answer(conversation),
  lookUp: ({ order }: { order: string }) => shop.lookUp(order),
  refund: (args: { order: string; reason: string }) => shop.refund({ ...args, key: activityInfo().idempotencyKey }),
  reply: (text: string) => chat.reply(text),
});

const { askModel, lookUp, refund, reply } = activities<ReturnType<typeof agentActivities>>();

export const agent = workflow('agent', async ({ text }: Question) => {
  const conversation: Message[] = [{ role: 'user', text }];
  for (;;) {
    const answer = await askModel(conversation);
    if (!('tool' in answer)) return reply(answer.text);
    const result = answer.tool === 'lookUp' ? await lookUp(answer.args) : await refund(answer.args);
    conversation.push({ role: 'model', text: JSON.stringify(answer) }, { role: 'tool', text: result });
  }
});
