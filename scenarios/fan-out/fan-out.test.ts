import { activities, workflow } from 'crashwise/engine';
import { durable, queue } from 'crashwise/simulator';
import { expect, test } from 'vitest';
import { outcomeOf, PROVED, run } from '../../test/scenarios/run.js';
import scenario from './scenario.js';
import type { services } from './services.js';
import { albumActivities } from './workflow.js';

const sizes = ['large', 'medium', 'small'];

test(
  'durable is proved: whichever of the parts are there at a crash, the album is whole',
  { timeout: 300_000 },
  async () => {
    expect(await outcomeOf(scenario, 'durable')).toEqual(PROVED);
  },
);

test('the tally of the queue counts a part twice, and the album appears too early or never', async () => {
  expect(await outcomeOf(scenario, 'queue')).toEqual({
    verdict: 'violated',
    closed: true,
    broken: [
      'whole-album, 1: Album a1 was published, and only large and medium are there.',
      'album-ends, 1: Album a1 is never published: the queue is empty.',
    ],
  });
});

test('with a look at which parts are there, instead of how many, the queue is proved', async () => {
  const pattern = queue<typeof services>({
    fifo: true,
    messages: sizes.map((id) => ({ name: 'render', data: { id }, group: 'a1' })),
    jobs: ({ services: { renderer, site } }) => ({
      async render({ id }) {
        await renderer.render(id);
        const missing = await renderer.missing(sizes);
        if (missing.length === 0) await site.publish({ files: sizes.map((size) => `${size}.png`), key: 'a1' });
      },
    }),
  });
  expect(await outcomeOf({ ...scenario, patterns: [pattern] }, 'queue')).toEqual(PROVED);
});

test(
  'a join that takes the first part for all publishes too early, without any crash',
  { timeout: 300_000 },
  async () => {
    const { render, publish } = activities<ReturnType<typeof albumActivities>>();
    const race = workflow('album', async () => {
      const files = [await Promise.race(sizes.slice(1).map((size) => render(size)))];
      await publish(files);
    });
    const pattern = durable({ workflow: race, activities: albumActivities, start: { id: 'a1', input: { sizes } } });
    const { verdict, violations } = await run({ ...scenario, patterns: [pattern] }, 'durable');
    expect(verdict).toBe('violated');
    expect(violations).toMatchObject([{ property: 'whole-album', crashes: 0 }]);
  },
);
