import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'locale',
  blame: 'String.prototype.localeCompare()',
  use: 'to sort names, which the same activity then gets in turn',
  guard: 'refused',
  cites: 'https://github.com/yarnpkg/yarn/pull/1755',
};

const { listMembers, sendMinutes } = activities<{
  listMembers: (board: string) => string[];
  sendMinutes: (board: string, member: string) => void;
}>();

export const wrong = workflow('notify-locale-compare', async (board: string) => {
  const members = await listMembers(board);
  members.sort((a, b) => a.localeCompare(b)); // <- blame
  for (const member of members) await sendMinutes(board, member);
});

export const repaired = workflow('notify-locale-compare-repaired', async (board: string) => {
  const members = await listMembers(board);
  members.sort((a, b) => (a < b ? -1 : 1));
  for (const member of members) await sendMinutes(board, member);
});

// Swedish puts Ä after Z, Danish Aa after Z, Czech Ch after H, Estonian Z before T, Lithuanian Y before J.
const NAMES = ['Aas', 'Ärla', 'Chalupa', 'Dahl', 'Hora', 'Juhan', 'Tamm', 'Ylva', 'Zorn'];
export const fuzz: FuzzPlan = {
  input: fc.constantFrom('audit', 'works-council'),
  results: { listMembers: fc.shuffledSubarray(NAMES, { minLength: 3 }), sendMinutes: null },
};
