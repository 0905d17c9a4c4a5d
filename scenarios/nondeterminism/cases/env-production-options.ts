import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'env',
  blame: 'process.env.NODE_ENV',
  use: 'compared with a name, for the time-out of an activity',
  guard: 'refused',
};

interface Renderer {
  render(report: string): string;
}
const { publish } = activities<{ publish: (page: string) => void }>();
const renderer = (isPatient: boolean) =>
  activities<Renderer>({ startToCloseTimeoutMs: isPatient ? 120_000 : 5_000, retry: { maximumAttempts: 3 } });

export const wrong = workflow('env-production-options', async (report: string) => {
  const { render } = renderer(process.env.NODE_ENV === 'production'); // <- blame
  await publish(await render(report));
});

export const repaired = workflow('env-production-options-repaired', async (report: string) => {
  const { render } = renderer(true);
  await publish(await render(report));
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('sales', 'stock'),
  results: { render: (report: string) => `${report}.pdf`, publish: null },
};
