import { queue } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { effect } from '../services/effect.js';
import { register } from '../services/register.js';
import { scenarioOf } from '../services/scenario-of.js';

const services = { register };

async function twoTries(call: () => Promise<unknown>): Promise<unknown> {
  return call().catch(call);
}

/** It looks before it creates, but once: a second try after a lost answer creates a second one. */
const flow = (repaired: boolean) =>
  scenarioOf({
    title: 'create what is not there',
    services,
    steps: [effect('register.add', 'exactly-once', 'created-once')],
    pattern: queue<typeof services>({
      messages: [{ name: 'create', data: { id: 'o1' } }],
      jobs: ({ services: { register: api } }) => ({
        async create({ id }) {
          const create = () => api.add({ id });
          const createIfMissing = async () => (await api.has({ id })) || create();
          if (repaired) await twoTries(createIfMissing);
          else if (!(await api.has({ id }))) await twoTries(create);
        },
      }),
    }),
  });

export default defineBug({
  id: 'retry-without-looking',
  family: 'lost-acknowledgement',
  pattern: 'queue',
  measure: 'look again before each try',
  fault: 'timeout-after',
  crashes: 0,
  faults: 1,
  workers: 1,
  parallel: false,
  breaks: 'created-once',
  invisibleAtEnd: false,
  retells: {
    what: 'Rainmaker (NSDI 2023): an SDK tries again after a time-out, though the first request was carried out',
    url: 'https://www.usenix.org/conference/nsdi23/presentation/chen-yinfang',
  },
  search: { faults: ['timeout-after'], maxFaults: 1 },
  buggy: flow(false),
  repaired: flow(true),
});
