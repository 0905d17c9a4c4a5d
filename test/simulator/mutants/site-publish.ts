import { defineScenario, defineService, queue, type QueueOptions, type QueueTools } from 'crashwise/simulator';

/** A site shows what was published last. */
const site = defineService({
  initial: { shows: 'v0' },
  requests: {
    publish: (_state, version: string) => ({
      state: { shows: version },
      result: null,
      effect: 'done',
      text: `the site shows ${version}`,
    }),
  },
});
const services = { site };
type Tools = QueueTools<typeof services>;

const withHeartbeat: QueueOptions<Tools>['jobs'] = ({ services: { site: pages }, sleep }) => ({
  async publish(job) {
    await job.extend(60_000);
    await sleep(40_000); // It is rendered.
    await pages.publish(job.data.id);
  },
});

/** With an empty cache it takes longer than anybody thought: who has lost the message by then stops. */
const withCheck: QueueOptions<Tools>['jobs'] = ({ services: { site: pages }, sleep }) => ({
  async publish(job) {
    const cacheIsEmpty = job.data.id === 'v1' && job.deliveries === 1;
    await sleep(cacheIsEmpty ? 100_000 : 10_000);
    await job.extend(30_000); // Throws if somebody else has it.
    await pages.publish(job.data.id);
  },
});

const publishOf = (name: string, jobs: QueueOptions<Tools>['jobs']) =>
  defineScenario({
    name,
    title: 'publish the versions of a site in their order',
    services,
    keys: ['v1', 'v2'],
    steps: [
      {
        title: 'publish version',
        effect: 'site.publish',
        class: 'at-least-once',
        property: 'published',
        key: (version: string) => version,
        text: (version: string) => `publish ${version}`,
        twice: (version) => `${version} was published twice.`,
        never: (version) => `${version} was never published.`,
      },
    ],
    goal: {
      property: 'last-version-stays',
      reached: (world) => world.site.shows === 'v2',
      missed: (where) => `The site does not show the last version: ${where}.`,
    },
    patterns: [
      queue<typeof services>({
        messages: ['v1', 'v2'].map((id) => ({ name: 'publish', data: { id }, group: 'site' })),
        jobs,
        fifo: true,
        concurrency: 2,
      }),
    ],
    assumes: [],
  });

export const sitePublish = publishOf('site-publish', withHeartbeat);
export const checkedPublish = publishOf('checked-publish', withCheck);
