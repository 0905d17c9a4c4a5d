import { activities, workflow } from 'crashwise/engine';
import {
  defineScenario,
  durable,
  queue,
  reconciler,
  statusColumn,
  withAdditions,
  type ServiceClients,
} from 'crashwise/simulator';
import { converge, inWords, services, type Records } from './services.js';

/** What people want, one after the other: a move to another machine, and then no API any more. */
const wanted = [
  { title: 'www and api on the old machine', state: { www: '192.0.2.1', api: '192.0.2.1' } },
  { title: 'www on the new machine', state: { www: '192.0.2.2', api: '192.0.2.1' } },
  { title: 'www on the new machine, and no api', state: { www: '192.0.2.2' } },
] as const satisfies readonly { title: string; state: Records }[];
const [first, ...drifts] = wanted;
const last = inWords(wanted[2].state);

const zoneActivities = (clients: ServiceClients<typeof services>) => ({
  converge: (state: Records) => converge(state, clients),
});
const { converge: convergeZone } = activities<ReturnType<typeof zoneActivities>>();
const changes = workflow('zone-changes', async (states: readonly Records[]) => {
  for (const state of states) await convergeZone(state);
});

export default defineScenario({
  name: 'dns-records',
  title: 'make a DNS zone look as it should',
  row: 'reconciler',
  services,
  keys: ['zone'],
  steps: [
    {
      title: 'create record',
      effect: 'dns.create',
      class: 'at-least-once',
      property: 'created',
      key: () => 'zone',
      text: ({ name, address }: { name: string; address: string }) => `point ${name} to ${address}`,
      twice: () => 'Records were created again.',
      never: () => 'No record was ever created.',
    },
    {
      title: 'remove record',
      effect: 'dns.remove',
      class: 'at-most-once', // Perhaps there is never anything to remove.
      property: 'removed-once',
      key: ({ name, address }: { name: string; address: string }) => `${name} ${address}`,
      text: ({ name, address }: { name: string; address: string }) => `remove ${name} ${address}`,
      twice: (record) => `Record ${record} was there again after it was removed, and had to be removed once more.`,
      never: (record) => `Record ${record} was never removed.`,
    },
  ],
  goal: {
    property: 'zone-converges',
    reached: (world) => inWords(world.dns.records) === last,
    missed: (where) => `The zone does not come to look as it should: ${where}.`,
  },
  patterns: [
    withAdditions([{ name: 'fifo', without: 'an older change may come after a newer one' }], (has) => ({
      pattern: queue<typeof services>({
        messages: drifts.map(({ state }, index) => ({
          name: 'change',
          data: { id: `c${index + 1}`, state },
          group: 'zone',
        })),
        fifo: has('fifo'),
        jobs: (tools) => ({ change: ({ data: { state } }) => converge(state, tools.services) }),
      }),
    })),
    // The column of the zone is the number of the change that it is to show: an older one is not carried out any more.
    statusColumn<typeof services>({
      messages: drifts.map(({ state }, index) => ({
        name: 'change',
        id: `c${index + 1}`,
        data: { id: 'zone', number: index + 1, state },
      })),
      initial: '0',
      jobs: (tools) => ({
        async change({ data: { id, number, state } }) {
          const shown = (await tools.status.get(id)) ?? '0';
          if (number < Number(shown)) return;
          // Before the work: it is repeated after a crash, and the older change stays out.
          if (number > Number(shown) && !(await tools.status.set(id, shown, String(number))))
            throw new Error('too late');
          await converge(state, tools.services);
        },
      }),
    }),
    reconciler<typeof services, Records>({
      desired: first,
      drifts,
      pass: (state, tools) => converge(state, tools.services),
    }),
    durable({
      workflow: changes,
      activities: zoneActivities,
      start: { id: 'zone', input: drifts.map(({ state }) => state) },
    }),
  ],
  expected: { queue: { verdict: 'violated', properties: ['zone-converges', 'removed-once'] } },
  hints: {
    'zone-converges': 'let a pass read what is wanted now, instead of what was wanted when a message was written',
    'removed-once': 'deliver the changes of one zone in order, or let a pass read what is wanted now',
  },
  assumes: ['nobody else changes the zone', 'all I/O of the flow goes through the 1 service of this scenario'],
});
