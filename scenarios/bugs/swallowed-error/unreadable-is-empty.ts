import { defineService, reconciler } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { effect } from '../services/effect.js';
import { scenarioOf } from '../services/scenario-of.js';

const fleet = defineService({
  initial: { servers: [] as readonly string[] },
  requests: {
    list: (state) => ({ state, result: state.servers, effect: 'none', text: `there are ${state.servers.length}` }),
    create: ({ servers }, { name }: { name: string }) => ({
      state: { servers: [...servers, name] },
      result: null,
      effect: 'done',
      text: `${name} is made`,
    }),
    remove: ({ servers }, { name }: { name: string }) => ({
      state: { servers: servers.filter((one) => one !== name) },
      result: null,
      effect: 'done',
      text: `${name} is gone`,
    }),
  },
});

/** Where it is written which servers there should be. */
const source = defineService({
  initial: { wanted: ['a'] as readonly string[] },
  requests: {
    read: (state) => ({ state, result: state.wanted, effect: 'none', text: `wanted: ${state.wanted.join()}` }),
  },
});
const services = { fleet, source };

/** A source that cannot be read counts as one that wants nothing. The next pass makes all of it again. */
const flow = (repaired: boolean) =>
  scenarioOf({
    title: 'servers as the source wants them',
    services,
    keys: ['a'],
    steps: [effect('fleet.create', 'exactly-once', 'never-replaced', ({ name }: { name: string }) => name)],
    goal: { property: 'converges', reached: (world) => world.fleet.servers.length === 1 },
    pattern: reconciler<typeof services, null>({
      desired: { title: 'what the source says', state: null },
      async pass(_, { services: { fleet: api, source: list } }) {
        const wanted = await list.read().catch((error: unknown): readonly string[] => {
          if (repaired) throw error;
          return [];
        });
        const there = await api.list();
        for (const name of there.filter((one) => !wanted.includes(one))) await api.remove({ name });
        for (const name of wanted.filter((one) => !there.includes(one))) await api.create({ name });
      },
    }),
  });

export default defineBug({
  id: 'unreadable-is-empty',
  family: 'swallowed-error',
  pattern: 'reconciler',
  measure: 'an error is no empty answer',
  fault: 'error',
  crashes: 0,
  faults: 1,
  workers: 1,
  parallel: false,
  breaks: 'never-replaced',
  invisibleAtEnd: true,
  retells: {
    what: 'Simple testing can prevent most critical failures (OSDI 2014): errors that were told, and handled wrongly',
    url: 'https://www.usenix.org/conference/osdi14/technical-sessions/presentation/yuan',
  },
  search: { faults: ['error'], maxFaults: 1 },
  buggy: flow(false),
  repaired: flow(true),
});
