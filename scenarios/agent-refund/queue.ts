import type { JobHandlers, QueueTools } from 'crashwise/simulator';
import type { Message, services } from './services.js';
import type { Question } from './workflow.js';

/** The same loop as a job: a run that is resumed begins with the question, and the model is asked all over again. */
export const agentJobs =
  ({ text }: Question) =>
  ({ services: { model, shop, chat } }: QueueTools<typeof services>): JobHandlers => ({
    async answer() {
      const conversation: Message[] = [{ role: 'user', text }];
      for (;;) {
        const answer = await model.answer(conversation);
        if (!('tool' in answer)) return chat.reply(answer.text);
        const result = answer.tool === 'lookUp' ? await shop.lookUp(answer.args.order) : await shop.refund(answer.args);
        conversation.push({ role: 'model', text: JSON.stringify(answer) }, { role: 'tool', text: result });
      }
    },
  });
