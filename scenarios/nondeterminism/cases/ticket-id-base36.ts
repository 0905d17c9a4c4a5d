import { activities, uuid, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'random',
  blame: 'Math.random()',
  use: 'in base 36, for an identifier in an argument',
  guard: 'recorded',
};

const { openTicket, tellCustomer } = activities<{
  openTicket: (id: string, topic: string) => void;
  tellCustomer: (id: string) => void;
}>();

export const wrong = workflow('ticket-id-base36', async (topic: string) => {
  const id = Math.random().toString(36).slice(2, 10); // <- blame
  await openTicket(id, topic);
  await tellCustomer(id);
});

export const repaired = workflow('ticket-id-base36-repaired', async (topic: string) => {
  const id = uuid();
  await openTicket(id, topic);
  await tellCustomer(id);
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('refund', 'login'),
  results: { openTicket: null, tellCustomer: null },
};
