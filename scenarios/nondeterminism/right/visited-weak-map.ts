import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';

export const why = 'A WeakMap forgets at some time, but only what nobody can ask for any more.';

interface Part {
  readonly name: string;
  readonly weight: number;
}

const { loadParts, pack } = activities<{
  loadParts: (order: string) => readonly Part[];
  pack: (box: number, part: string) => void;
}>();

export const right = workflow('visited-weak-map', async (order: string) => {
  const boxes = new WeakMap<Part, number>();
  const parts = await loadParts(order);
  for (const part of parts) boxes.set(part, part.weight > 10 ? 1 : 2);
  for (const part of parts) await pack(boxes.get(part) ?? 0, part.name);
  return parts.length;
});

const part = fc.record({ name: fc.constantFrom('bolt', 'beam'), weight: fc.nat(20) });

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('o1', 'o2'),
  results: { loadParts: fc.array(part, { maxLength: 4 }), pack: null },
};
