import { activities, activityInfo, condition, defineSignal, setHandler, workflow } from 'crashwise/engine';
import type { ServiceClients } from 'crashwise/simulator';
import type { services } from './services.js';

export interface ApprovalInput {
  readonly expense: string;
  /** Nobody has decided by then: the expense is declined. */
  readonly deadlineMs: number;
}

/** A manager says yes or no. The button can be pressed twice, and by nobody. */
export const decided = defineSignal<[answer: 'yes' | 'no']>('decided');

/** What the steps do outside, with keys made by the engine. */
export const approvalActivities = ({ bank, inbox }: ServiceClients<typeof services>) => ({
  pay: (expense: string) => bank.pay({ expense, key: activityInfo().idempotencyKey }),
  decline: (expense: string) => inbox.decline({ expense, key: activityInfo().idempotencyKey }),
});

const { pay, decline } = activities<ReturnType<typeof approvalActivities>>();

export const approval = workflow('approval', async ({ expense, deadlineMs }: ApprovalInput) => {
  let answer: 'yes' | 'no' | undefined;
  setHandler(decided, (said) => {
    answer ??= said; // The first one counts.
  });
  await condition(() => answer !== undefined, deadlineMs);
  if (answer === 'yes') await pay(expense);
  else await decline(expense);
});
