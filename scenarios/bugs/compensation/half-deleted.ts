import { defineService, reconciler } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { effect } from '../services/effect.js';
import { scenarioOf } from '../services/scenario-of.js';

type Phase = 'none' | 'partial' | 'ready' | 'deleting';

const to = (phase: Phase) => () => ({
  state: { phase },
  result: null,
  effect: 'done' as const,
  text: `it is ${phase}`,
});

/** A bucket that is made in two requests, and deleted in two. */
const bucket = defineService({
  initial: { phase: 'none' as Phase },
  requests: {
    look: (state) => ({ state, result: state.phase, effect: 'none', text: `it is ${state.phase}` }),
    create: to('partial'),
    fill: to('ready'),
    markDeleted: to('deleting'),
    remove: to('none'),
  },
});
const services = { bucket };

/** A bucket that a crash has left half made is deleted and made anew. One that it has left half deleted is waited for. */
const flow = (repaired: boolean) =>
  scenarioOf({
    title: 'a bucket, whole or not at all',
    services,
    steps: [effect('bucket.fill', 'at-least-once', 'filled')],
    goal: { property: 'converges', reached: (world) => world.bucket.phase === 'ready' },
    pattern: reconciler<typeof services, null>({
      desired: { title: 'a bucket', state: null },
      async pass(_, { services: { bucket: api } }) {
        for (let phase = await api.look(); phase !== 'ready'; phase = await api.look()) {
          if (phase === 'deleting' && !repaired) return; // Somebody is at it.
          if (phase === 'partial') await api.markDeleted();
          if (phase !== 'none') await api.remove();
          await api.create();
          await api.fill();
        }
      },
    }),
  });

export default defineBug({
  id: 'half-deleted',
  family: 'compensation',
  pattern: 'reconciler',
  measure: 'a cleanup can be resumed',
  fault: 'crash',
  crashes: 2,
  faults: 0,
  workers: 1,
  parallel: false,
  breaks: 'converges',
  invisibleAtEnd: false,
  retells: {
    what: 'Sieve (OSDI 2022): controllers that cannot go on from an intermediate state',
    url: 'https://www.usenix.org/conference/osdi22/presentation/sun',
  },
  search: {},
  buggy: flow(false),
  repaired: flow(true),
});
