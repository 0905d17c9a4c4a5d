import type { JobHandlers, QueueTools } from 'crashwise/simulator';
import type { services } from './services.js';

/** Looks, then acts. Between the two there is room for somebody else who has looked as well. */
export const bonusJobs = ({ services: { wallet } }: QueueTools<typeof services>): JobHandlers => ({
  async credit({ data: { id } }) {
    if ((await wallet.bonus(id)) === 'due') await wallet.credit({ id });
  },
});
