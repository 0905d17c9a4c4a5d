import { activities, defineQuery, setHandler, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';

export const why = 'Somebody outside may ask for the state at any moment, but the answer changes nothing.';

const progress = defineQuery<{ done: number; of: number }>('progress');

const { resize } = activities<{ resize: (image: string) => number }>();

export const right = workflow('progress-query', async (images: readonly string[]) => {
  let done = 0;
  setHandler(progress, () => ({ done, of: images.length }));
  let bytes = 0;
  for (const image of images) {
    bytes += await resize(image);
    done += 1;
  }
  return bytes;
});

export const fuzz: FuzzPlan = {
  input: fc.array(fc.constantFrom('a.png', 'b.png'), { maxLength: 4 }),
  results: { resize: fc.nat(4_096) },
};
