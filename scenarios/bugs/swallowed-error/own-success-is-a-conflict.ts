import { activities, ActivityFailure, activityInfo, workflow } from 'crashwise/engine';
import { durable, type ServiceClients } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { effect } from '../services/effect.js';
import { post } from '../services/post.js';
import { register } from '../services/register.js';
import { scenarioOf } from '../services/scenario-of.js';

const services = { register, post };

class Taken extends Error {
  override readonly name = 'Taken';
}

const toActivities =
  (repaired: boolean) =>
  ({ register: api, post: mail }: ServiceClients<typeof services>) => ({
    async create(id: string) {
      const created = await api.add({ id, unique: true });
      if (!created && !repaired) throw new Taken(`${id} is taken`);
    },
    welcome: () => mail.send({ to: 'ada@example.com', key: activityInfo().idempotencyKey }),
  });
const { create, welcome } = activities<ReturnType<ReturnType<typeof toActivities>>>({
  retry: { nonRetryableErrors: ['Taken'] },
});

const signup = workflow('signup', async (id: string) => {
  try {
    await create(id);
  } catch (error) {
    if (error instanceof ActivityFailure) return 'rejected';
    throw error;
  }
  await welcome();
  return 'welcome';
});

/** Tried again after a crash, it is told that the name is taken: by itself, and it takes that for a refusal. */
const flow = (repaired: boolean) =>
  scenarioOf({
    title: 'create an account, then a mail',
    services,
    steps: [effect('register.add', 'exactly-once', 'one-account'), effect('post.send', 'exactly-once', 'welcomed')],
    pattern: durable({ workflow: signup, activities: toActivities(repaired), start: { id: 'o1', input: 'ada' } }),
  });

export default defineBug({
  id: 'own-success-is-a-conflict',
  family: 'swallowed-error',
  pattern: 'durable',
  measure: 'a conflict with oneself is success',
  fault: 'crash',
  crashes: 1,
  faults: 0,
  workers: 1,
  parallel: false,
  breaks: 'welcomed',
  invisibleAtEnd: false,
  retells: {
    what: 'Brooklin 495: a create that timed out is answered with a conflict when it is tried again',
    url: 'https://github.com/linkedin/brooklin/pull/495',
  },
  search: {},
  buggy: flow(false),
  repaired: flow(true),
});
