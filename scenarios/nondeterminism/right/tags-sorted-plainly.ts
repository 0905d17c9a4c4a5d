import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';

export const why = 'It sorts words without naming a language, but by code units, which no machine does otherwise.';

const { loadTags, saveTags } = activities<{
  loadTags: (post: string) => readonly string[];
  saveTags: (post: string, tags: readonly string[]) => number;
}>();

export const right = workflow('tags-sorted-plainly', async (post: string) => {
  const tags = [...(await loadTags(post))].sort();
  return saveTags(
    post,
    tags.map((tag) => tag.toUpperCase()),
  );
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('spring', 'autumn'),
  results: {
    loadTags: fc.array(fc.constantFrom('zoë', 'istanbul', 'Ärger', 'ada'), { maxLength: 4 }),
    saveTags: fc.nat(9),
  },
};
