import type { JobHandlers, QueueTools } from 'crashwise/simulator';
import type { services } from './services.js';

/** One job for each part, and a tally: whoever finishes the last part publishes the album. */
export const albumJobs =
  (sizes: readonly string[]) =>
  ({ services: { renderer, site } }: QueueTools<typeof services>): JobHandlers => ({
    async render({ id: size }) {
      await renderer.render(size);
      const finished = await site.count(size);
      if (finished === sizes.length) await site.publish({ files: sizes.map((part) => `${part}.png`), key: 'a1' });
    },
  });
