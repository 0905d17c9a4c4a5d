import { posix, relative } from 'node:path';
import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'cwd',
  blame: 'process.cwd()',
  use: 'as the start of a relative path in the result',
  guard: 'refused',
};

const { renderReport } = activities<{ renderReport: (month: string) => string }>();

export const wrong = workflow('cwd-relative-report', async (month: string) => {
  const file = await renderReport(month);
  return { month, file: relative(process.cwd(), file) }; // <- blame
});

export const repaired = workflow('cwd-relative-report-repaired', async (month: string) => {
  const file = await renderReport(month);
  return { month, file: posix.relative('/srv/reports', file) };
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('2026-01', '2026-02'),
  results: { renderReport: (month: string) => `/srv/reports/${month}.pdf` },
};
