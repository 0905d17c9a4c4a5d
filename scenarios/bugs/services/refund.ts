import { activities, activityInfo, workflow } from 'crashwise/engine';
import { defineScenario, durable, type ServiceClients } from 'crashwise/simulator';
import { cards } from './cards.js';
import { stepOf } from './step-of.js';

const services = { cards };

interface Parts {
  readonly name: string;
  readonly title: string;
  /** The key of an attempt. */
  readonly keyOf: (info: ReturnType<typeof activityInfo>) => string;
}

/** The engine gives the money back, at a processor that knows keys. */
export function refundUnder({ keyOf, ...names }: Parts) {
  const own = (clients: ServiceClients<typeof services>) => ({
    refund: (id: string) => clients.cards.refund({ id, key: keyOf(activityInfo()) }),
  });
  const { refund } = activities<ReturnType<typeof own>>();
  const giveBack = workflow('give-back', (id: string) => refund(id));
  return defineScenario({
    ...names,
    services,
    keys: ['o1'],
    steps: [stepOf('cards.refund', 'give back', 'refunded-once')],
    goal: {
      property: 'refund-ends',
      reached: (world) => world.cards.refunds.length > 0,
      missed: (where) => `Order o1 is never refunded: ${where}.`,
    },
    patterns: [durable({ workflow: giveBack, activities: own, start: { id: 'o1', input: 'o1' } })],
    assumes: ['the processor remembers a key for as long as a retry may come'],
  });
}
