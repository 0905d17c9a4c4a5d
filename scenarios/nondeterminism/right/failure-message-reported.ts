import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';

export const why =
  'An error is handed to an activity, but its name and message, which are recorded, and not its stack.';

const { runJob, report } = activities<{
  runJob: (job: string) => string;
  report: (job: string, reason: string) => void;
}>({ retry: { maximumAttempts: 1 } });

export const right = workflow('failure-message-reported', async (job: string) => {
  try {
    return await runJob(job);
  } catch (error) {
    const { name, message } = error as Error;
    await report(job, `${name}: ${message}`);
    return 'reported';
  }
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('reindex', 'vacuum'),
  results: { runJob: 'done', report: null },
  failures: { runJob: ['DiskFull'], report: [] },
};
