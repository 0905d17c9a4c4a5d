import { claimCases } from './conformance/claim.js';
import { commitCases } from './conformance/commit.js';
import { createCases } from './conformance/create.js';
import { durabilityCases } from './conformance/durability.js';
import { readingCases } from './conformance/reading.js';
import { signalCases } from './conformance/signal.js';
import type { StoreCase, StoreFactory } from './conformance/support.js';

export type { StoreCase, StoreFactory, StoreUnderTest } from './conformance/support.js';

/** The contract of `Store` as cases that any test runner can run; each takes a fresh store of the factory. */
export const storeConformance: readonly StoreCase[] = [
  ...createCases,
  ...signalCases,
  ...claimCases,
  ...commitCases,
  ...readingCases,
  ...durabilityCases,
];

/**
 * Registers each case with the `test` function of a test runner. A case fails with an `AssertionError`.
 *
 * @example
 * import { testStore } from 'crashwise/engine/conformance';
 * import { describe, test } from 'vitest';
 *
 * describe('PostgresStore', () => {
 *   testStore({
 *     async create() {
 *       const schema = await freshSchema();
 *       const handles = [await PostgresStore.open(schema)];
 *       const open = async () => {
 *         handles.push(await PostgresStore.open(schema));
 *         return handles.at(-1)!;
 *       };
 *       const dispose = async () => {
 *         for (const handle of handles) await handle.close();
 *         await schema.drop();
 *       };
 *       return { store: handles[0]!, second: open, reopen: open, dispose };
 *     },
 *   }, test);
 * });
 */
export function testStore(factory: StoreFactory, test: (name: string, body: () => Promise<void>) => void): void {
  for (const { name, run } of storeConformance) test(name, () => run(factory));
}
