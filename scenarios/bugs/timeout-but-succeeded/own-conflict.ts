import { defineScenario, defineService, queue } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { stepOf } from '../services/step-of.js';

const workspaces = defineService({
  initial: {} as { readonly [name: string]: string },
  requests: {
    create(owners, { id, name }: { id: string; name: string }) {
      if (name in owners) return { state: owners, result: false, effect: 'refused', text: `"${name}" is taken` };
      return { state: { ...owners, [name]: id }, result: true, effect: 'done', text: `"${name}" is made for ${id}` };
    },
    ownerOf: (owners, { name }: { name: string }) => ({
      state: owners,
      result: owners[name] ?? null,
      effect: 'none',
      text: `"${name}" belongs to ${owners[name] ?? 'nobody'}`,
    }),
  },
});
const services = { workspaces };

/** The request was carried out, its answer lost. The retry is refused because of it, and takes that for somebody else's. */
const flow = (repaired: boolean) =>
  defineScenario({
    name: 'own-conflict',
    title: 'make a workspace, under another name if that one is taken',
    services,
    keys: ['s1'],
    steps: [stepOf('workspaces.create', 'make a workspace for', 'one-workspace')],
    goal: {
      property: 'signup-ends',
      reached: (world) => Object.keys(world.workspaces).length > 0,
      missed: (where) => `Signup s1 never gets a workspace: ${where}.`,
    },
    patterns: [
      queue<typeof services>({
        messages: [{ name: 'signup', data: { id: 's1' } }],
        jobs: ({ services: clients }) => ({
          async signup({ data: { id } }) {
            let name = 'ada';
            if ((await clients.workspaces.ownerOf({ name })) === id) return; // An earlier delivery has made it.
            for (;;) {
              try {
                if (await clients.workspaces.create({ id, name })) return;
                if (repaired && (await clients.workspaces.ownerOf({ name })) === id) return;
                name = `${name}-2`;
              } catch (error) {
                if ((error as Error).name !== 'TimeoutError') throw error;
              }
            }
          },
        }),
      }),
    ],
    assumes: [],
  });

export default defineBug({
  id: 'own-conflict',
  family: 'timeout-but-succeeded',
  pattern: 'queue',
  measure: 'conflict told from one of its own',
  fault: 'timeout-after',
  crashes: 0,
  faults: 1,
  workers: 1,
  parallel: false,
  breaks: 'one-workspace',
  invisibleAtEnd: false,
  retells: {
    what: 'brooklin #495: a create times out, goes on, and the retry gets 409 for what it has made itself',
    url: 'https://github.com/linkedin/brooklin/pull/495',
  },
  search: { faults: ['timeout-after'], maxFaults: 1 },
  buggy: flow(false),
  repaired: flow(true),
});
