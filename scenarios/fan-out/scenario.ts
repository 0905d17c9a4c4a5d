import { defineScenario, durable, queue } from 'crashwise/simulator';
import { albumJobs } from './queue.js';
import { services } from './services.js';
import { album, albumActivities } from './workflow.js';

const sizes = ['large', 'medium', 'small'];

export default defineScenario({
  name: 'fan-out',
  title: 'render three parts side by side, then publish them together',
  services,
  keys: ['a1'],
  steps: [
    {
      title: 'render part',
      effect: 'renderer.render',
      class: 'at-most-once',
      property: 'rendered-once',
      key: (size: string) => size,
      text: (size: string) => `render ${size}`,
      twice: (size) => `Part ${size} was rendered twice.`,
      never: (size) => `Part ${size} was never rendered.`,
    },
    {
      title: 'publish album',
      effect: 'site.publish',
      class: 'exactly-once',
      property: 'published-once',
      key: () => 'a1',
      text: ({ files, key }: { files: readonly string[]; key: string }) => `publish ${files.join(', ')}, key ${key}`,
      twice: (id) => `Album ${id} was published twice.`,
      never: (id) => `Album ${id} was never published.`,
    },
  ],
  goal: {
    property: 'album-ends',
    reached: ({ site }) => site.published !== null,
    missed: (where) => `Album a1 is never published: ${where}.`,
  },
  invariants: [
    {
      property: 'whole-album',
      holds: ({ renderer, site }) => site.published === null || renderer.sizes.length === sizes.length,
      broken: ({ renderer }) => `Album a1 was published, and only ${renderer.sizes.join(' and ')} are there.`,
    },
  ],
  patterns: [
    queue<typeof services>({
      // In order: the sweep of all orders shows nothing else, and takes ten times as long.
      fifo: true,
      messages: sizes.map((id) => ({ name: 'render', data: { id }, group: 'a1' })),
      jobs: albumJobs(sizes),
    }),
    durable({ workflow: album, activities: albumActivities, start: { id: 'a1', input: { sizes } } }),
  ],
  expected: { queue: { verdict: 'violated', properties: ['whole-album', 'album-ends'] } },
  hints: { 'whole-album': 'keep which parts are finished, not how many: a set knows an entry that comes twice' },
  pages: {
    'whole-album': 'scenarios/fan-out/README.md',
  },
  assumes: [
    'the renderer knows what it has made already, and the site a key for as long as a retry may come',
    'all I/O of the flow goes through the 2 services of this scenario',
  ],
});
