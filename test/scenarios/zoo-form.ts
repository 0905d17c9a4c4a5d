import { readdirSync, readFileSync } from 'node:fs';
import type { FuzzPlan } from 'crashwise/determinism';
import type { Workflow } from 'crashwise/engine';
import type { ZooCase } from '../../scenarios/nondeterminism/zoo-case.js';

/** One file of the zoo as it was read. */
export interface Specimen {
  readonly name: string;
  readonly text: string;
  readonly about: ZooCase;
  readonly wrong: Workflow;
  readonly repaired: Workflow;
  readonly fuzz: FuzzPlan;
}

const CASES = new URL('../../scenarios/nondeterminism/cases/', import.meta.url);
const MARK = /\/\/ <- blame$/;

/** The cases with one of these sources. Call it before a workflow runs: what they take at import has no guard then. */
export async function readZoo(sources: readonly string[]): Promise<Specimen[]> {
  const files = readdirSync(CASES).toSorted();
  const all = await Promise.all(
    files.map(async (file) => {
      const module = (await import(/* @vite-ignore */ new URL(file, CASES).pathname)) as Omit<
        Specimen,
        'name' | 'text'
      >;
      return { ...module, name: file.replace(/\.ts$/, ''), text: readFileSync(new URL(file, CASES), 'utf8') };
    }),
  );
  return all.filter(({ about }) => sources.includes(about.source));
}

/** The lines that are to be blamed, from 1. */
export function markedLines(text: string): number[] {
  return text.split('\n').flatMap((line, index) => (MARK.test(line) ? [index + 1] : []));
}

/** What is not as it should be in one file. */
export function formProblems({ name, text, about, wrong, repaired, fuzz }: Specimen): string[] {
  const checks: readonly (readonly [problem: string, isFine: boolean])[] = [
    ['wrong is not named after the file', wrong.name === name],
    ['repaired is not named after the file', repaired.name === `${name}-repaired`],
    ['not exactly one line is marked', markedLines(text).length === 1],
    ['not 20 to 70 lines', text.split('\n').length >= 20 && text.split('\n').length <= 70],
    ['source, blame or use is empty', [about.source, about.blame, about.use].every((value) => value.length > 0)],
    ['what it cites is no address', about.cites === undefined || URL.canParse(about.cites)],
    ['the plan has no input or no results', fuzz.input !== undefined && Object.keys(fuzz.results ?? {}).length > 0],
    ['the plan has results for what nobody calls', Object.keys(fuzz.results ?? {}).every((key) => calls(text, key))],
  ];
  return checks.flatMap(([problem, isFine]) => (isFine ? [] : [`${name}: ${problem}`]));
}

/** Sources with a use that more than one case has. */
export function repeatedUses(specimens: readonly Specimen[]): string[] {
  const uses = specimens.map(({ about }) => `${about.source}: ${about.blame} ${about.use}`);
  return uses.filter((use, index) => uses.indexOf(use) !== index);
}

// Twice at least before the plan: where the activity is declared, and where it is used.
function calls(text: string, activity: string): boolean {
  const [code = ''] = text.split('export const fuzz');
  return code.split(new RegExp(`\\b${activity}\\b`)).length > 2;
}
