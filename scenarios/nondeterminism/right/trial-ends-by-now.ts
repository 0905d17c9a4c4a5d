import { activities, now, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';

export const why = 'It compares with the present time, but with the time that is recorded for the event it acts on.';

const { loadTrial, remind, close } = activities<{
  loadTrial: (customer: string) => { endsAt: number };
  remind: (customer: string) => void;
  close: (customer: string) => void;
}>();

export const right = workflow('trial-ends-by-now', async (customer: string) => {
  const { endsAt } = await loadTrial(customer);
  await (now() > endsAt ? close(customer) : remind(customer));
  return new Date(now()).getUTCFullYear();
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('ada', 'bo'),
  results: {
    loadTrial: fc.record({ endsAt: fc.integer({ min: 0, max: 1_900_000_000_000 }) }),
    remind: null,
    close: null,
  },
};
