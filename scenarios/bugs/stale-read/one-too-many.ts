import { defineService, reconciler } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { effect } from '../services/effect.js';
import { scenarioOf } from '../services/scenario-of.js';

/** Counts workers. With `ifCount`: changes them only as long as there are so many. */
const pool = defineService({
  initial: { workers: 0 },
  requests: {
    count: (state) => ({ state, result: state.workers, effect: 'none', text: `there are ${state.workers}` }),
    change(state, { by, ifCount = state.workers }: { by: number; ifCount?: number }) {
      if (ifCount !== state.workers) return { state, result: null, effect: 'refused', text: 'the count has changed' };
      const workers = state.workers + by;
      return { state: { workers }, result: null, effect: 'done', text: `there are ${workers} now` };
    },
  },
});
const services = { pool };

/** It counts too few, starts too many, and takes back what is too much: a worker that had work already. */
const flow = (repaired: boolean) =>
  scenarioOf({
    title: 'one worker, and never more',
    services,
    steps: [effect('pool.change', 'at-least-once', 'scaled')],
    goal: { property: 'converges', reached: (world) => world.pool.workers === 1 },
    invariants: [
      {
        property: 'never-too-many',
        holds: (world) => world.pool.workers <= 1,
        broken: (world) => `There are ${world.pool.workers} workers.`,
      },
    ],
    pattern: reconciler<typeof services, null>({
      desired: { title: 'one worker', state: null },
      async pass(_, { services: { pool: api } }) {
        const count = await api.count();
        if (count !== 1) await api.change({ by: 1 - count, ...(repaired ? { ifCount: count } : {}) });
      },
    }),
  });

export default defineBug({
  id: 'one-too-many',
  family: 'stale-read',
  pattern: 'reconciler',
  measure: 'precondition on a change of scale',
  fault: 'stale-read',
  crashes: 0,
  faults: 1,
  workers: 1,
  parallel: false,
  breaks: 'never-too-many',
  invisibleAtEnd: true,
  retells: {
    what: 'KubeRay 715: the cache of pods is stale, and more are launched than are needed',
    url: 'https://github.com/ray-project/kuberay/issues/715',
  },
  search: { faults: ['stale-read'], maxFaults: 1 },
  buggy: flow(false),
  repaired: flow(true),
});
