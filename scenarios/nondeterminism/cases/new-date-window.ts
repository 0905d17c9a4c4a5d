import { activities, now, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'clock',
  blame: 'new Date()',
  use: 'as the end of the hour that an activity is asked to export',
  guard: 'recorded',
  cites: 'https://github.com/PostHog/posthog/pull/76658',
};

const HOUR_MS = 3_600_000;
const { exportUsage, sendUsage } = activities<{
  exportUsage: (account: string, from: string, to: string) => number;
  sendUsage: (account: string, rows: number) => void;
}>();

export const wrong = workflow('new-date-window', async (account: string) => {
  const end = new Date(); // <- blame
  const start = new Date(end.getTime() - HOUR_MS);
  const rows = await exportUsage(account, start.toISOString(), end.toISOString());
  await sendUsage(account, rows);
  return rows;
});

export const repaired = workflow('new-date-window-repaired', async (account: string) => {
  const end = new Date(now());
  const start = new Date(end.getTime() - HOUR_MS);
  const rows = await exportUsage(account, start.toISOString(), end.toISOString());
  await sendUsage(account, rows);
  return rows;
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('acme', 'globex'),
  results: { exportUsage: fc.nat(500), sendUsage: null },
};
