import type { JobHandlers, QueueTools } from 'crashwise/simulator';
import type { services } from './services.js';

/** How long the queue hides a message from the other worker. */
export const VISIBILITY_MS = 30_000;

/** Downloads the rows, empties the table, waits for its lock, loads the rows. */
export const importJobs = ({ services: { warehouse }, sleep }: QueueTools<typeof services>): JobHandlers => ({
  async import(job) {
    const isSlow = job.deliveries === 1; // Nobody thought that the download could take so long.
    await sleep(isSlow ? 40_000 : 10_000);
    await job.extend(60_000); // Throws if the other worker has got the message meanwhile.
    await warehouse.clear();
    await sleep(40_000);
    await warehouse.load();
  },
});
