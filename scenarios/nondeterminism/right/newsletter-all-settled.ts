import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';

export const why = 'Steps run side by side and may fail, but the list is in the order of the calls.';

const { send, tally } = activities<{
  send: (to: string) => void;
  tally: (sent: number, bounced: readonly string[]) => string;
}>({ retry: { maximumAttempts: 1 } });

export const right = workflow('newsletter-all-settled', async (readers: readonly string[]) => {
  const outcomes = await Promise.allSettled(readers.map((reader) => send(reader)));
  const bounced = readers.filter((_, index) => outcomes[index]?.status === 'rejected');
  return tally(outcomes.length - bounced.length, bounced);
});

export const fuzz: FuzzPlan = {
  input: fc.array(fc.constantFrom('ada', 'bo', 'cy'), { maxLength: 4 }),
  results: { send: null, tally: 'report' },
  failures: { send: ['Bounced'], tally: [] },
};
