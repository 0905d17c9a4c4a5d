import { existsSync, readdirSync } from 'node:fs';
import { loadModule } from '../dist/loader/load-module.js';

/** The seeded bugs under scenarios/bugs, by family and id. */
export async function seededBugs() {
  if (!existsSync('scenarios/bugs')) return [];
  const files = readdirSync('scenarios/bugs', { recursive: true }).filter((file) => /^[^/]+\/[^/]+\.ts$/.test(file));
  const bugs = [];
  for (const file of files.sort()) {
    const { default: bug } = await loadModule(`scenarios/bugs/${file}`);
    if (bug?.buggy === undefined) continue; // What the bugs share.
    bugs.push(bug);
  }
  return bugs;
}
