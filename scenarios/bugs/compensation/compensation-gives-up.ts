import { activities, workflow } from 'crashwise/engine';
import { durable, type ServiceClients } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { effect } from '../services/effect.js';
import { register } from '../services/register.js';
import { scenarioOf } from '../services/scenario-of.js';

const services = { register };

const toActivities = ({ register: released }: ServiceClients<typeof services>) => ({
  release: (id: string) => released.add({ id, unique: true }),
});

const rollback = (repaired: boolean) => {
  const { release } = activities<ReturnType<typeof toActivities>>({
    retry: repaired ? {} : { maximumAttempts: 2 },
  });
  return workflow('rollback', async (id: string) => {
    await release(id).catch(() => {}); // It is taken back as well as it can be.
  });
};

/** A compensation that has failed twice is given up, and the rollback has ended well. */
const flow = (repaired: boolean) =>
  scenarioOf({
    title: 'a room is released',
    services,
    steps: [effect('register.add', 'exactly-once', 'released')],
    pattern: durable({ workflow: rollback(repaired), activities: toActivities, start: { id: 'o1', input: 'room' } }),
  });

export default defineBug({
  id: 'compensation-gives-up',
  family: 'compensation',
  pattern: 'durable',
  measure: 'a compensation is tried until it is done',
  fault: 'error',
  crashes: 0,
  faults: 2,
  workers: 1,
  parallel: false,
  breaks: 'released',
  invisibleAtEnd: false,
  retells: {
    what: 'Seata 2861: what becomes of a compensation that fails',
    url: 'https://github.com/apache/incubator-seata/issues/2861',
  },
  search: { faults: ['error'], maxFaults: 2 },
  buggy: flow(false),
  repaired: flow(true),
});
