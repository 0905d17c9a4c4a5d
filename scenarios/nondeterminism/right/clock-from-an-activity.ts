import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';

export const why = 'It uses the local time and a variable of the environment, but as an activity has read them.';

interface Surroundings {
  readonly hour: number;
  readonly region: string | null;
}

const { readSurroundings, callNow, callTomorrow } = activities<{
  readSurroundings: () => Surroundings;
  callNow: (customer: string, region: string) => void;
  callTomorrow: (customer: string) => void;
}>();

export const right = workflow('clock-from-an-activity', async (customer: string) => {
  const { hour, region } = await readSurroundings();
  const isOpen = hour >= 9 && hour < 17;
  await (isOpen ? callNow(customer, region ?? 'eu') : callTomorrow(customer));
  return isOpen;
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('ada', 'bo'),
  results: {
    readSurroundings: fc.record({ hour: fc.nat(23), region: fc.constantFrom(null, 'eu', 'us') }),
    callNow: null,
    callTomorrow: null,
  },
};
