import { activities, now, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'latency',
  blame: 'AbortSignal.timeout()',
  use: 'asked whether it is aborted, for the message of a failure',
  guard: 'refused',
};

const DEADLINE_MS = 40;

const { buildReport, mailReport } = activities<{
  buildReport: (quarter: string) => { url: string };
  mailReport: (url: string) => void;
}>();

export const wrong = workflow('report-abort-signal', async (quarter: string) => {
  const deadline = AbortSignal.timeout(DEADLINE_MS); // <- blame
  const { url } = await buildReport(quarter);
  if (deadline.aborted) throw new Error(`The report of ${quarter} came too late.`);
  await mailReport(url);
  return url;
});

export const repaired = workflow('report-abort-signal-repaired', async (quarter: string) => {
  const deadline = now() + DEADLINE_MS;
  const { url } = await buildReport(quarter);
  if (now() > deadline) throw new Error(`The report of ${quarter} came too late.`);
  await mailReport(url);
  return url;
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('Q1', 'Q2'),
  results: { buildReport: fc.record({ url: fc.constantFrom('/r/1', '/r/2') }), mailReport: null },
};
