import { defineScenario, defineService, queue } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { stepOf } from '../services/step-of.js';

const site = defineService({
  initial: { mode: 'new', number: 0 },
  requests: {
    put(state, { mode, number }: { id: string; mode: string; number?: number }) {
      if (number !== undefined && number < state.number)
        return { state, result: undefined, effect: 'refused', text: 'that is older than what is there' };
      const next = { mode, number: number ?? state.number };
      return { state: next, result: undefined, effect: 'done', text: `the site is ${mode}` };
    },
  },
});
const services = { site };

/** The first write times out and is tried again. The one that timed out arrives after the second write, and wins. */
const flow = (repaired: boolean) =>
  defineScenario({
    name: 'late-write-wins',
    title: 'close the site, open it again',
    services,
    keys: ['release'],
    steps: [stepOf('site.put', 'set the site for', 'site-set', 'at-least-once')],
    goal: {
      property: 'site-stays-open',
      reached: (world) => world.site.mode === 'open',
      missed: (where) => `The site is not open: ${where}.`,
    },
    patterns: [
      queue<typeof services>({
        messages: [{ name: 'release', data: { id: 'release' } }],
        jobs: ({ services: clients }) => ({
          async release({ data: { id } }) {
            for (const [index, mode] of ['closed', 'open'].entries())
              await clients.site.put({ id, mode, ...(repaired ? { number: index + 1 } : {}) });
          },
        }),
      }),
    ],
    assumes: [],
  });

export default defineBug({
  id: 'late-write-wins',
  family: 'timeout-but-succeeded',
  pattern: 'queue',
  measure: 'number on each write',
  fault: 'late',
  crashes: 0,
  faults: 1,
  workers: 1,
  parallel: false,
  breaks: 'site-stays-open',
  invisibleAtEnd: false,
  retells: {
    what: 'ServiceControl #5812: whichever write lands last wins, whenever its event happened',
    url: 'https://github.com/Particular/ServiceControl/pull/5812',
  },
  search: { faults: ['late'], maxFaults: 1 },
  buggy: flow(false),
  repaired: flow(true),
});
