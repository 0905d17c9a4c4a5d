import { queue } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { deployments } from '../services/deployments.js';
import { post } from '../services/post.js';
import { effect } from '../services/effect.js';
import { scenarioOf } from '../services/scenario-of.js';

const services = { post };

interface Mail {
  readonly id: string;
  readonly to?: string;
  readonly address?: string;
}

const first = { name: 'order', data: { id: 'o1' } };

const version1 = queue<typeof services>({
  messages: [first],
  jobs: (tools) => ({
    order: ({ data }) => tools.queue.add('mail', { ...data, to: 'ada@example.com' }, { id: 'mail' }),
    async mail({ data: { to } }: { data: Mail }) {
      if (to !== undefined) await tools.services.post.send({ to });
    },
  }),
});

const version2 = (both: boolean) =>
  queue<typeof services>({
    messages: [first],
    jobs: (tools) => ({
      order({ data }) {
        const old = both ? { to: 'ada@example.com' } : {};
        return tools.queue.add('mail', { ...data, ...old, address: 'ada@example.com' }, { id: 'mail' });
      },
      mail: ({ data: { to, address = to! } }: { data: Mail }) => tools.services.post.send({ to: address }),
    }),
  });

/** Both versions run side by side for a while. The old one gets a message of the new one, and sees nothing in it. */
const flow = (repaired: boolean) =>
  scenarioOf({
    title: 'an order, and a mail by a job of its own',
    services,
    steps: [effect('post.send', 'at-least-once', 'mailed')],
    pattern: deployments(version1, version2(repaired)),
  });

export default defineBug({
  id: 'producer-first',
  family: 'versioning',
  pattern: 'queue',
  measure: 'consumers before producers',
  fault: 'zombie',
  crashes: 0,
  faults: 1,
  workers: 2,
  parallel: false,
  breaks: 'mailed',
  invisibleAtEnd: true,
  retells: {
    what: 'Sidekiq-Cron 392: two versions at a time, and the old one gets jobs of the new one',
    url: 'https://github.com/sidekiq-cron/sidekiq-cron/pull/392',
  },
  search: { zombies: true, maxFaults: 1 },
  buggy: flow(false),
  repaired: flow(true),
});
