import { activities, workflow } from 'crashwise/engine';
import { durable, type ServiceClients } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { effect } from '../services/effect.js';
import { post } from '../services/post.js';
import { scenarioOf } from '../services/scenario-of.js';

const services = { post };

const toActivities = ({ post: api }: ServiceClients<typeof services>) => ({
  send: (to: string) => api.send({ to, key: to }),
});
const { send } = activities<ReturnType<typeof toActivities>>({ retry: { maximumAttempts: 1 } });

const newsletter = (repaired: boolean) =>
  workflow('newsletter', async (readers: readonly string[]) => {
    for (let left = readers; left.length > 0;) {
      const outcomes = await Promise.allSettled(left.map((to) => send(to)));
      left = repaired ? left.filter((_, index) => outcomes[index]!.status === 'rejected') : [];
    }
  });

/** Both mails are waited for, and nobody looks at what came of them. */
const flow = (repaired: boolean) =>
  scenarioOf({
    title: 'two mails side by side',
    services,
    keys: ['a', 'b'],
    steps: [effect('post.send', 'exactly-once', 'mailed', ({ to }: { to: string }) => to)],
    pattern: durable({
      workflow: newsletter(repaired),
      activities: toActivities,
      start: { id: 'o1', input: ['a', 'b'] },
    }),
  });

export default defineBug({
  id: 'all-settled-and-none-looked-at',
  family: 'swallowed-error',
  pattern: 'durable',
  measure: 'rejections of a fan-out are looked at',
  fault: 'error',
  crashes: 0,
  faults: 1,
  workers: 1,
  parallel: true,
  breaks: 'mailed',
  invisibleAtEnd: false,
  retells: {
    what: 'Windmill 10366: a failure that the body of a workflow catches is lost',
    url: 'https://github.com/windmill-labs/windmill/pull/10366',
  },
  search: { faults: ['error'], maxFaults: 1 },
  buggy: flow(false),
  repaired: flow(true),
});
