import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';

export const why = 'It reads and fills a map of the module, but what it keeps follows from the key alone.';

const { publish } = activities<{ publish: (slug: string) => string }>();

const slugs = new Map<string, string>();

function slugOf(title: string): string {
  const known = slugs.get(title);
  if (known !== undefined) return known;
  const slug = title.toLowerCase().replaceAll(/[^a-z]+/g, '-');
  slugs.set(title, slug);
  return slug;
}

export const right = workflow('slug-memo', async (title: string) => publish(slugOf(title)));

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('Spring is here', 'Two for one', 'Opening hours'),
  results: { publish: fc.constantFrom('/a', '/b') },
};
