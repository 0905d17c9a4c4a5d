const NAMES = [
  'crashwise',
  'crashwise/engine',
  'crashwise/engine/conformance',
  'crashwise/simulator/conformance',
  'crashwise/simulator',
  'crashwise/determinism',
  'crashwise/results',
];

/**
 * The package under each of its names, as the copy that is running: a package that imports its own name gets itself. A
 * workflow that was made by another copy of the engine would be outside of the scope of this one.
 */
export async function ownPackage(): Promise<Readonly<Record<string, unknown>>> {
  return Object.fromEntries(await Promise.all(NAMES.map(async (name) => [name, await import(name)] as const)));
}
