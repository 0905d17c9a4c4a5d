import { activities, workflow } from 'crashwise/engine';
import { defineScenario, defineService, durable, type ServiceClients } from 'crashwise/simulator';
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

const own = (repaired: boolean) => (clients: ServiceClients<typeof services>) => ({
  put: (mode: string, number: number) => clients.site.put({ id: 'release', mode, ...(repaired ? { number } : {}) }),
});

const { put } = activities<ReturnType<ReturnType<typeof own>>>();
const release = workflow('release', async () => {
  await put('closed', 1);
  await put('open', 2);
});

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
      durable({ workflow: release, activities: own(repaired), start: { id: 'release', input: undefined as never } }),
    ],
    assumes: [],
  });

export default defineBug({
  id: 'late-write-wins',
  family: 'timeout-but-succeeded',
  pattern: 'durable',
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
