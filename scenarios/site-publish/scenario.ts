import { defineScenario, queue } from 'crashwise/simulator';
import { publishJobs, VISIBILITY_MS } from './queue.js';
import { services } from './services.js';

const versions = ['v1', 'v2'];

export default defineScenario({
  name: 'site-publish',
  title: 'publish two versions of a site in their order, in jobs that take their time',
  services,
  keys: versions,
  steps: [
    {
      title: 'publish version',
      effect: 'site.publish',
      class: 'at-least-once',
      property: 'published',
      key: (version: string) => version,
      text: (version: string) => `publish ${version}`,
      twice: (version) => `Version ${version} was published twice.`,
      never: (version) => `Version ${version} was never published.`,
    },
  ],
  goal: {
    property: 'last-version-stays',
    reached: ({ site }) => site.shows === 'v2',
    missed: (where) => `The site does not show version v2: ${where}.`,
  },
  patterns: [
    queue<typeof services>({
      messages: versions.map((id) => ({ name: 'publish', data: { id }, group: 'site' })),
      visibilityMs: VISIBILITY_MS,
      fifo: true,
      concurrency: 2,
      jobs: publishJobs,
    }),
  ],
  hints: { 'last-version-stays': 'extend the visibility before each long part, and stop where that is refused' },
  pages: { 'last-version-stays': 'scenarios/site-publish/README.md' },
  assumes: [
    'the first rendering of v1 is slow, and all others are not',
    'all I/O of the flow goes through the service of this scenario',
  ],
});
