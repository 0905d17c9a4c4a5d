import type { JobHandlers, QueueTools } from 'crashwise/simulator';
import type { services } from './services.js';

/** The order as one job. A crash brings it back to its first line; the keys make that harmless, one should think. */
export const orderJobs = ({ services: { stock, cards, carrier } }: QueueTools<typeof services>): JobHandlers => ({
  async order({ id }) {
    await stock.reserve({ order: id, key: `${id}/reserve` });
    await cards.charge({ order: id, key: `${id}/charge` });
    if ((await carrier.ship({ order: id })) === 'shipped') return;
    await cards.refund({ order: id, key: `${id}/refund` });
    await stock.release({ order: id, key: `${id}/release` });
  },
});
