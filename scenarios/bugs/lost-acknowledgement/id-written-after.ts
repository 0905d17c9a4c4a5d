import { defineService, reconciler } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { effect } from '../services/effect.js';
import { scenarioOf } from '../services/scenario-of.js';

/** Gives each network that it makes an id, and finds one by its tag. */
const cloud = defineService({
  initial: { tags: [] as readonly string[] },
  requests: {
    find: ({ tags }, { tag }: { tag: string }) => ({
      state: { tags },
      result: tags.includes(tag) ? tags.indexOf(tag) : null,
      effect: 'none',
      text: tags.includes(tag) ? `it is network ${tags.indexOf(tag)}` : 'there is none',
    }),
    create: ({ tags }, { tag }: { tag: string }) => ({
      state: { tags: [...tags, tag] },
      result: tags.length,
      effect: 'done',
      text: `network ${tags.length} is made`,
    }),
  },
});

/** The status of the resource: the id of its network. */
const status = defineService({
  initial: { network: null as number | null },
  requests: {
    read: (state) => ({ state, result: state.network, effect: 'none', text: `the status says ${state.network}` }),
    write: (_, { network }: { network: number }) => ({
      state: { network },
      result: null,
      effect: 'done',
      text: 'written',
    }),
  },
});
const services = { cloud, status };

/** Whether there is a network is read from the status, which is written after it was made. */
const flow = (repaired: boolean) =>
  scenarioOf({
    title: 'one network, and its id in the status',
    services,
    steps: [effect('cloud.create', 'exactly-once', 'one-network')],
    goal: { property: 'converges', reached: (world) => world.status.network !== null },
    pattern: reconciler<typeof services, null>({
      desired: { title: 'a network', state: null },
      async pass(_, tools) {
        const { cloud: api, status: own } = tools.services;
        if ((await own.read()) !== null) return;
        const known = repaired ? await api.find({ tag: 'o1' }) : null;
        await own.write({ network: known ?? (await api.create({ tag: 'o1' })) });
      },
    }),
  });

export default defineBug({
  id: 'id-written-after',
  family: 'lost-acknowledgement',
  pattern: 'reconciler',
  measure: 'adopt what is there already',
  fault: 'crash',
  crashes: 1,
  faults: 0,
  workers: 1,
  parallel: false,
  breaks: 'one-network',
  invisibleAtEnd: false,
  retells: {
    what: 'AWS controllers for Kubernetes 2062: interrupted, they create a second resource',
    url: 'https://github.com/aws-controllers-k8s/community/issues/2062',
  },
  search: {},
  buggy: flow(false),
  repaired: flow(true),
});
