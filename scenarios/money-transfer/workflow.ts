import { activities, activityInfo, workflow } from 'crashwise/engine';
import type { ServiceClients } from 'crashwise/simulator';
import type { services } from './services.js';

export interface Transfer {
  readonly from: string;
  readonly to: string;
  readonly amount: number;
}

/** The two bookings, with keys made by the engine. */
export const transferActivities = ({ bank }: ServiceClients<typeof services>) => ({
  debit: (account: string, amount: number) => bank.debit({ account, amount, key: activityInfo().idempotencyKey }),
  credit: (account: string, amount: number) => bank.credit({ account, amount, key: activityInfo().idempotencyKey }),
});

const { debit, credit } = activities<ReturnType<typeof transferActivities>>();

export const transfer = workflow('transfer', async ({ from, to, amount }: Transfer) => {
  await debit(from, amount);
  await credit(to, amount);
});
