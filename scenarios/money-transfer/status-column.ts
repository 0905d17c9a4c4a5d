import type { JobHandlers, StatusColumnTools } from 'crashwise/simulator';
import type { services } from './services.js';
import type { Transfer } from './workflow.js';

/** The transfer as one job and a column that says how far it has got, written after each booking. */
export const transferJobs =
  ({ from, to, amount }: Transfer) =>
  ({ services: { bank }, status }: StatusColumnTools<typeof services>): JobHandlers => ({
    async transfer({ data: { id } }) {
      if ((await status.get(id)) === 'new') {
        await bank.debit({ account: from, amount });
        await status.set(id, 'new', 'debited');
      }
      if ((await status.get(id)) === 'debited') {
        await bank.credit({ account: to, amount });
        await status.set(id, 'debited', 'done');
      }
    },
  });
