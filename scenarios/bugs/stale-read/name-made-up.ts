import { defineService, reconciler } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { effect } from '../services/effect.js';
import { scenarioOf } from '../services/scenario-of.js';

/** Takes a server without a name, and makes one up. */
const cloud = defineService({
  initial: { servers: [] as readonly string[] },
  requests: {
    list: (state) => ({ state, result: state.servers, effect: 'none', text: `there are ${state.servers.length}` }),
    create({ servers }, { name = `server-${servers.length}` }: { name?: string }) {
      if (servers.includes(name))
        return { state: { servers }, result: null, effect: 'refused', text: `${name} is there` };
      return { state: { servers: [...servers, name] }, result: null, effect: 'done', text: `${name} is made` };
    },
  },
});
const services = { cloud };

/** A list that does not show yet what was just created: one more is created, and its name keeps nobody from it. */
const flow = (repaired: boolean) =>
  scenarioOf({
    title: 'one server',
    services,
    steps: [effect('cloud.create', 'exactly-once', 'one-server')],
    pattern: reconciler<typeof services, null>({
      desired: { title: 'one server', state: null },
      async pass(_, { services: { cloud: api } }) {
        const there = await api.list();
        if (there.length === 0) await api.create(repaired ? { name: 'a' } : {});
      },
    }),
  });

export default defineBug({
  id: 'name-made-up',
  family: 'stale-read',
  pattern: 'reconciler',
  measure: 'names that follow from what is wanted',
  fault: 'stale-read',
  crashes: 0,
  faults: 1,
  workers: 1,
  parallel: false,
  breaks: 'one-server',
  invisibleAtEnd: false,
  retells: {
    what: 'Kubebuilder 1381: how to avoid a sub-resource twice',
    url: 'https://github.com/kubernetes-sigs/kubebuilder/issues/1381',
  },
  search: { faults: ['stale-read'], maxFaults: 1 },
  buggy: flow(false),
  repaired: flow(true),
});
