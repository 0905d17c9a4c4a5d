import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';

export const why = 'How deep it goes depends on results, but on nothing else: the walk is the same each time.';

const { listFolders, index } = activities<{
  listFolders: (path: string) => readonly string[];
  index: (path: string) => number;
}>();

async function walk(path: string, depth: number): Promise<number> {
  const files = await index(path);
  if (depth === 0) return files;
  let below = 0;
  for (const folder of await listFolders(path)) below += await walk(`${path}/${folder}`, depth - 1);
  return files + below;
}

export const right = workflow('folders-by-recursion', async (root: string) => walk(root, 2));

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('/home', '/srv'),
  results: { listFolders: fc.array(fc.constantFrom('a', 'b'), { maxLength: 2 }), index: fc.nat(40) },
};
