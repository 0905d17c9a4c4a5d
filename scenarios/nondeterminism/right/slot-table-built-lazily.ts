import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';

export const why = 'A variable of the module is set by whoever comes first, but to the same value, whoever it is.';

const { bookSlot } = activities<{ bookSlot: (depot: string, slot: string) => string }>();

let slots: readonly string[] | undefined;
const allSlots = (): readonly string[] => (slots ??= Array.from({ length: 12 }, (_, hour) => `${hour + 8}:00`));

export const right = workflow('slot-table-built-lazily', async ({ depot, wish }: { depot: string; wish: number }) => {
  const slot = allSlots()[wish];
  return slot === undefined ? 'no such slot' : bookSlot(depot, slot);
});

export const fuzz: FuzzPlan = {
  input: fc.record({ depot: fc.constantFrom('north', 'south'), wish: fc.nat(14) }),
  results: { bookSlot: 'booked' },
};
