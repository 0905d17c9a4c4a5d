import { activities, random, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';

export const why = 'It draws a random number, but from the execution: a replay draws the same one.';

const { closeTicket, askOpinion } = activities<{
  closeTicket: (ticket: string) => string;
  askOpinion: (customer: string) => void;
}>();

export const right = workflow('sampled-survey', async (ticket: string) => {
  const customer = await closeTicket(ticket);
  const isAsked = random() < 0.5;
  if (isAsked) await askOpinion(customer);
  return isAsked;
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('t1', 't2'),
  results: { closeTicket: fc.constantFrom('ada', 'bo'), askOpinion: null },
};
