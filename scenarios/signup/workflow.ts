import { activities, activityInfo, workflow } from 'crashwise/engine';
import type { ServiceClients } from 'crashwise/simulator';
import type { services } from './services.js';

export interface SignupInput {
  readonly email: string;
  readonly plan: { readonly name: string; readonly amount: number };
}

/** What the steps do outside. Each key is made by the engine: the same in every attempt and every life. */
export const signupActivities = ({ cards, workspaces, mail }: ServiceClients<typeof services>) => ({
  createCustomer: (email: string) => cards.createCustomer({ email, key: activityInfo().idempotencyKey }),
  chargeCard: (customer: string, amount: number) =>
    cards.charge({ customer, amount, key: activityInfo().idempotencyKey }),
  provisionWorkspace: async (customer: string) => (await workspaces.create({ name: customer })).url,
  sendWelcomeMail: (to: string, url: string) => mail.send({ to, text: `Your workspace: ${url}` }),
});

const { createCustomer, chargeCard, provisionWorkspace, sendWelcomeMail } =
  activities<ReturnType<typeof signupActivities>>();

export const signup = workflow('signup', async ({ email, plan }: SignupInput) => {
  const customer = await createCustomer(email);
  await chargeCard(customer, plan.amount);
  const url = await provisionWorkspace(customer);
  await sendWelcomeMail(email, url);
  return url;
});
