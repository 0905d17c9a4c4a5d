import type { JobHandlers, QueueTools } from 'crashwise/simulator';
import type { services } from './services.js';

/** How long the queue hides a message, and with it all that wait behind it in its group. */
export const VISIBILITY_MS = 30_000;

/** Renders a version, uploads it, and switches over to it. */
export const publishJobs = ({ services: { site }, sleep }: QueueTools<typeof services>): JobHandlers => ({
  async publish(job) {
    const isCold = job.data.id === 'v1' && job.deliveries === 1; // An empty cache: everything is rendered.
    await sleep(isCold ? 100_000 : 10_000);
    await job.extend(60_000); // Throws if the other worker has got the message meanwhile.
    await sleep(40_000);
    await site.publish(job.data.id);
  },
});
