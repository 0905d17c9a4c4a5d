import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'module state',
  blame: 'module state',
  use: 'a set of ids that were seen, to leave a step out',
  guard: 'unseen',
};

const { claimEvent, applyPayment } = activities<{
  claimEvent: (eventId: string) => boolean;
  applyPayment: (eventId: string) => number;
}>();

const seen = new Set<string>();

export const wrong = workflow('webhook-seen-ids', async (eventId: string) => {
  if (seen.has(eventId)) return 'duplicate'; // <- blame
  seen.add(eventId);
  const balance = await applyPayment(eventId);
  return `balance ${balance}`;
});

export const repaired = workflow('webhook-seen-ids-repaired', async (eventId: string) => {
  const isFirst = await claimEvent(eventId);
  if (!isFirst) return 'duplicate';
  const balance = await applyPayment(eventId);
  return `balance ${balance}`;
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('evt_1', 'evt_2', 'evt_3', 'evt_4'),
  results: { claimEvent: fc.boolean(), applyPayment: fc.nat(1_000) },
};
