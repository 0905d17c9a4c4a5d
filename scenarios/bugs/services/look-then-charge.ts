import { defineScenario } from 'crashwise/simulator';
import { cards, charged, isCharged } from './cards.js';
import { posted } from './posted.js';

const services = { cards };

/** A server charges the card, unless a look says that it is done; with a key, or without. */
export const lookThenCharge = (name: string, hasKey: boolean) =>
  defineScenario({
    name,
    title: 'charge the card, unless a look says that it is done',
    services,
    keys: ['o1'],
    steps: [charged],
    goal: isCharged,
    patterns: [
      posted<typeof services>(({ services: clients }) => async () => {
        if (await clients.cards.find({ id: 'o1' })) return;
        await clients.cards.charge({ id: 'o1', ...(hasKey ? { key: 'o1' } : {}) });
      }),
    ],
    assumes: ['the processor remembers a key for as long as a retry may come'],
  });
