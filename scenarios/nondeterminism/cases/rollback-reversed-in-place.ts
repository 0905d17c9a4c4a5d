import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'module state',
  blame: 'module state',
  use: 'a shared array that is reversed in place, as the order of steps',
  guard: 'unseen',
};

const { deploy, rollBack } = activities<{
  deploy: (version: string) => { isHealthy: boolean };
  rollBack: (stage: string) => void;
}>();

const STAGES = ['canary', 'europe', 'america'];
const ROLL_BACK_ORDER = ['america', 'europe', 'canary'];

export const wrong = workflow('rollback-reversed-in-place', async (version: string) => {
  const { isHealthy } = await deploy(version);
  if (isHealthy) return 'live';
  const lastFirst = STAGES.reverse(); // <- blame
  for (const stage of lastFirst) await rollBack(stage);
  return 'rolled back';
});

export const repaired = workflow('rollback-reversed-in-place-repaired', async (version: string) => {
  const { isHealthy } = await deploy(version);
  if (isHealthy) return 'live';
  for (const stage of ROLL_BACK_ORDER) await rollBack(stage);
  return 'rolled back';
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('v41', 'v42'),
  results: { deploy: fc.record({ isHealthy: fc.boolean() }), rollBack: null },
  failures: { rollBack: [] },
};
