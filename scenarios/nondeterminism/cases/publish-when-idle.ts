import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'latency',
  blame: 'setImmediate()',
  use: 'sets a flag that decides the order of two steps',
  guard: 'refused',
};

const { renderPages, purgeCache, announce } = activities<{
  renderPages: (site: string) => { pages: number; isUrgent: boolean };
  purgeCache: (site: string) => void;
  announce: (site: string) => void;
}>();

export const wrong = workflow('publish-when-idle', async (site: string) => {
  let isIdle = false;
  const markIdle = (): void => {
    isIdle = true;
  };
  setImmediate(markIdle); // <- blame
  const { pages } = await renderPages(site);
  const steps = isIdle ? [purgeCache, announce] : [announce, purgeCache];
  for (const step of steps) await step(site);
  return pages;
});

export const repaired = workflow('publish-when-idle-repaired', async (site: string) => {
  const { pages, isUrgent } = await renderPages(site);
  const steps = isUrgent ? [announce, purgeCache] : [purgeCache, announce];
  for (const step of steps) await step(site);
  return pages;
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('docs', 'blog'),
  results: {
    renderPages: fc.record({ pages: fc.nat(300), isUrgent: fc.boolean() }),
    purgeCache: null,
    announce: null,
  },
};
