import { element } from './xml.js';

export type Kind = 'passed' | 'failure' | 'error' | 'skipped';

/** A group of cases: how each counts, and each as XML. */
export interface Suite {
  readonly name: string;
  readonly kinds: readonly Kind[];
  readonly children: readonly string[];
}

/** Suites as a document, with their counts and the seed. Ends with a line break. */
export function junitDocument(
  { name, ms, seed }: { readonly name: string; readonly ms: number; readonly seed: string },
  suites: readonly Suite[],
): string {
  const root = element(
    'testsuites',
    { name, ...count(suites.flatMap(({ kinds }) => kinds)), time: (ms / 1_000).toFixed(3) },
    suites.map((suite) => {
      const properties = element('properties', {}, [element('property', { name: 'seed', value: seed })]);
      return element('testsuite', { name: suite.name, ...count(suite.kinds) }, [properties, ...suite.children]);
    }),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`;
}

function count(kinds: readonly Kind[]): Readonly<Record<'tests' | 'failures' | 'errors' | 'skipped', number>> {
  const of = (kind: Kind): number => kinds.filter((one) => one === kind).length;
  return { tests: kinds.length, failures: of('failure'), errors: of('error'), skipped: of('skipped') };
}
