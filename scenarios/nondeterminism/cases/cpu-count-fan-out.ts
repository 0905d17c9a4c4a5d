import { cpus } from 'node:os';
import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'hostname',
  blame: 'os.cpus()',
  use: 'counted, for how many parts run at once in a Promise.all',
  guard: 'refused',
};

const { splitVideo, encodePart, joinParts } = activities<{
  splitVideo: (video: string) => number;
  encodePart: (video: string, part: number, of: number) => void;
  joinParts: (video: string, parts: number) => string;
}>();

async function encode(video: string, parts: number): Promise<string> {
  await Promise.all(Array.from({ length: parts }, (_, part) => encodePart(video, part, parts)));
  return joinParts(video, parts);
}

export const wrong = workflow('cpu-count-fan-out', async (video: string) => {
  const scenes = await splitVideo(video);
  return encode(video, Math.min(scenes, cpus().length)); // <- blame
});

export const repaired = workflow('cpu-count-fan-out-repaired', async (video: string) => {
  const scenes = await splitVideo(video);
  return encode(video, Math.min(scenes, 8));
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('intro', 'talk'),
  results: {
    splitVideo: fc.integer({ min: 1, max: 32 }),
    encodePart: null,
    joinParts: (video: string) => `${video}.webm`,
  },
};
