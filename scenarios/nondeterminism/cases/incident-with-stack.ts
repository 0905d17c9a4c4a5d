import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'error stack',
  blame: 'error stack',
  use: 'as an argument of an activity',
  guard: 'unseen',
  cites: 'https://github.com/restatedev/sdk-typescript/issues/656',
};

const { runJob, reportIncident } = activities<{
  runJob: (job: string) => string;
  reportIncident: (job: string, incident: { message: string; stack?: string | undefined }) => void;
}>({ retry: { maximumAttempts: 1 } });

export const wrong = workflow('incident-with-stack', async (job: string) => {
  try {
    return await runJob(job);
  } catch (error) {
    const { message, stack } = error as Error; // <- blame
    await reportIncident(job, { message, stack });
    return 'reported';
  }
});

export const repaired = workflow('incident-with-stack-repaired', async (job: string) => {
  try {
    return await runJob(job);
  } catch (error) {
    const { message } = error as Error;
    await reportIncident(job, { message });
    return 'reported';
  }
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('reindex', 'vacuum'),
  results: { runJob: 'done', reportIncident: null },
  failures: { runJob: ['DiskFull', 'Error'], reportIncident: [] },
};
