import { activities, condition, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'module state',
  blame: 'module state',
  use: 'a count of executions at work, in the predicate of a condition',
  guard: 'unseen',
};

const { transcode, publish } = activities<{
  transcode: (video: string) => { seconds: number };
  publish: (video: string, seconds: number) => string;
}>({ retry: { maximumAttempts: 2 } });

const SLOTS = 2;
let atWork = 0;

export const wrong = workflow('transcode-slots', async (video: string) => {
  await condition(() => atWork < SLOTS, 60_000); // <- blame
  atWork += 1;
  const { seconds } = await transcode(video);
  atWork -= 1;
  return publish(video, seconds);
});

export const repaired = workflow('transcode-slots-repaired', async (video: string) => {
  const { seconds } = await transcode(video);
  return publish(video, seconds);
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('intro.mov', 'talk.mov'),
  results: { transcode: fc.record({ seconds: fc.nat(7_200) }), publish: 'https://example.com/v/1' },
  failures: { transcode: ['CodecMissing'], publish: [] },
};
