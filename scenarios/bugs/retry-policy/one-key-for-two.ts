import { activities, activityInfo, workflow } from 'crashwise/engine';
import { defineScenario, durable, type ServiceClients } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { isReminded, keyedMail, reminded } from '../services/mail.js';

const services = { mail: keyedMail };

const own = (repaired: boolean) => (clients: ServiceClients<typeof services>) => ({
  async notify(people: readonly string[]) {
    const { idempotencyKey: key } = activityInfo();
    await Promise.all(people.map((id) => clients.mail.send({ id, key: repaired ? `${key}/${id}` : key })));
  },
});

const { notify } = activities<ReturnType<ReturnType<typeof own>>>();
const reminder = workflow('reminder', (people: readonly string[]) => notify(people));

/** One attempt makes two requests, and gives both the key of the attempt: the second is taken for a repetition. */
const flow = (repaired: boolean) =>
  defineScenario({
    name: 'one-key-for-two',
    title: 'remind two people',
    services,
    keys: ['Ada', 'Bob'],
    steps: [reminded],
    goal: isReminded,
    patterns: [durable({ workflow: reminder, activities: own(repaired), start: { id: 'r1', input: ['Ada', 'Bob'] } })],
    assumes: ['the mail provider remembers a key for as long as a retry may come'],
  });

export default defineBug({
  id: 'one-key-for-two',
  family: 'retry-policy',
  pattern: 'durable',
  measure: 'key of its own for each request',
  fault: 'none',
  crashes: 0,
  faults: 0,
  workers: 1,
  parallel: true,
  breaks: 'reminded-once',
  invisibleAtEnd: false,
  retells: {
    what: 'trigger.dev #4953: the id of the run as the key of requests to outside services',
    url: 'https://github.com/triggerdotdev/trigger.dev/pull/4953',
  },
  search: {},
  buggy: flow(false),
  repaired: flow(true),
});
