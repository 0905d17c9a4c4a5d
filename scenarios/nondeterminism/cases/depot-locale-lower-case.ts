import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'locale',
  blame: 'String.prototype.toLocaleLowerCase()',
  use: 'to compare a name that has an I in it, to choose the activity',
  guard: 'refused',
  cites: 'https://github.com/winterDroid/android-drawable-importer-intellij-plugin/pull/145',
};

// Node 20 asks for the locale only where a text has a letter from outside Latin-1, as each of these.
const DEPOTS = new Set(['niš', 'oświęcim', 'košice', 'plzeň']);
const { cityOf, sendVan, sendParcel } = activities<{
  cityOf: (order: string) => string;
  sendVan: (order: string) => void;
  sendParcel: (order: string) => void;
}>();

export const wrong = workflow('depot-locale-lower-case', async (order: string) => {
  const city = await cityOf(order);
  const isNear = DEPOTS.has(city.toLocaleLowerCase()); // <- blame
  await (isNear ? sendVan(order) : sendParcel(order));
});

export const repaired = workflow('depot-locale-lower-case-repaired', async (order: string) => {
  const city = await cityOf(order);
  const isNear = DEPOTS.has(city.toLowerCase());
  await (isNear ? sendVan(order) : sendParcel(order));
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('o-1', 'o-2'),
  results: { cityOf: fc.constantFrom('NIŠ', 'OŚWIĘCIM', 'KOŠICE', 'PLZEŇ', 'BRNO'), sendVan: null, sendParcel: null },
};
