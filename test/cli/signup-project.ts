import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installed, project } from './installed.js';

/** A folder of a user's with the shipped scenario in it, in which nothing is expected to break but what is named. */
export async function signupProject(expected: readonly string[]): Promise<string> {
  const folder = project();
  const scenario = join(folder, 'scenarios/signup');
  mkdirSync(scenario, { recursive: true });
  cpSync(join(await installed(), 'node_modules/crashwise/scenarios/signup'), scenario, { recursive: true });
  const names = expected.map((name) => `'${name}'`).join(', ');
  change(folder, 'scenario.ts', "['charged-once', 'signup-ends']", `[${names}]`);
  return folder;
}

/** Changes a file of the scenario; what is to be changed must be there. */
export function change(folder: string, name: string, from: string, to: string): void {
  const file = join(folder, 'scenarios/signup', name);
  const text = readFileSync(file, 'utf8');
  if (!text.includes(from)) throw new Error(`${name} has no ${from}`);
  writeFileSync(
    file,
    text.replace(from, () => to),
  );
}
