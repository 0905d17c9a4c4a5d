import type { JobHandlers, StatusColumnTools } from 'crashwise/simulator';
import type { services } from './services.js';

/** Claims first, and sends after that: only who has moved the row on from `watched` sends. */
export const alertJobs = ({
  services: { push, watchList },
  status,
}: StatusColumnTools<typeof services>): JobHandlers => ({
  async alert({ data: { id } }) {
    if (await status.set(id, 'watched', 'alerted')) await push.send('Ada');
    await watchList.takeOff(id);
  },
});
