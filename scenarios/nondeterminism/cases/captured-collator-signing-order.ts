import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'locale',
  blame: 'Intl.Collator()',
  use: 'made at import without a locale, for the order of two activities',
  guard: 'unseen',
};

interface Deal {
  readonly buyer: string;
  readonly seller: string;
}
const { askBuyer, askSeller, sealDeal } = activities<{
  askBuyer: (name: string) => void;
  askSeller: (name: string) => void;
  sealDeal: (deal: Deal) => string;
}>();

async function signInOrder(deal: Deal, isBuyerFirst: boolean): Promise<string> {
  if (isBuyerFirst) await askBuyer(deal.buyer);
  await askSeller(deal.seller);
  if (!isBuyerFirst) await askBuyer(deal.buyer);
  return sealDeal(deal);
}

const byName = new Intl.Collator(); // <- blame
export const wrong = workflow('captured-collator-signing-order', async (deal: Deal) => {
  return signInOrder(deal, byName.compare(deal.buyer, deal.seller) < 0);
});

const byEnglishName = new Intl.Collator('en');
export const repaired = workflow('captured-collator-signing-order-repaired', async (deal: Deal) => {
  return signInOrder(deal, byEnglishName.compare(deal.buyer, deal.seller) < 0);
});

// Swedish puts Ä after Z, Danish Aa after Z, Czech Ch after H, Estonian Z before T, Lithuanian Y before J.
const surname = fc.constantFrom('Aas', 'Ärla', 'Chalupa', 'Dahl', 'Hora', 'Juhan', 'Tamm', 'Ylva', 'Zorn');
export const fuzz: FuzzPlan = {
  input: fc.record({ buyer: surname, seller: surname }),
  results: { askBuyer: null, askSeller: null, sealDeal: 'sealed' },
};
