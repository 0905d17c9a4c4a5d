import type { JobHandlers, QueueTools } from 'crashwise/simulator';
import type { services } from './services.js';

/** The booking as one job, tried again by the queue. What comes after the last try, nobody has written. */
export const bookingJobs = ({ services: { agency } }: QueueTools<typeof services>): JobHandlers => ({
  async booking({ id }) {
    await agency.hold({ booking: id, key: `${id}/hold` });
    await agency.pay({ booking: id, key: `${id}/pay` });
    const answer = await agency.issue({ booking: id, key: `${id}/issue` });
    if (answer === 'no ticket') throw new Error(answer);
  },
});
