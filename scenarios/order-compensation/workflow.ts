import { activities, activityInfo, workflow } from 'crashwise/engine';
import type { ServiceClients } from 'crashwise/simulator';
import type { services } from './services.js';

/** What the steps do outside, and what takes them back. Each key is made by the engine. */
export const orderActivities = ({ stock, cards, carrier }: ServiceClients<typeof services>) => ({
  reserve: (order: string) => stock.reserve({ order, key: activityInfo().idempotencyKey }),
  release: (order: string) => stock.release({ order, key: activityInfo().idempotencyKey }),
  charge: (order: string) => cards.charge({ order, key: activityInfo().idempotencyKey }),
  refund: (order: string) => cards.refund({ order, key: activityInfo().idempotencyKey }),
  ship: (order: string) => carrier.ship({ order }),
});

const { reserve, release, charge, refund, ship } = activities<ReturnType<typeof orderActivities>>();

export const order = workflow('order', async ({ id }: { id: string }) => {
  const undo: (() => Promise<void>)[] = [];
  await reserve(id);
  undo.push(() => release(id));
  await charge(id);
  undo.push(() => refund(id));
  if ((await ship(id)) === 'shipped') return 'shipped';
  for (const step of undo.reverse()) await step();
  return 'refunded';
});
