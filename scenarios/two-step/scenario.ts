import {
  defineFlow,
  defineScenario,
  defineService,
  durable,
  queueFlow,
  reconcilerFlow,
  statusColumn,
  withAdditions,
  type ServiceClients,
} from 'crashwise/simulator';
import { activities, workflow } from 'crashwise/engine';

/** An archive that keeps one document of a name. */
const archive = defineService({
  initial: { documents: [] as readonly string[] },
  requests: {
    store(state, { name }: { name: string }) {
      if (state.documents.includes(name)) {
        return { state, result: name, effect: 'refused', text: `the archive has ${name} already` };
      }
      return {
        state: { documents: [...state.documents, name] },
        result: name,
        effect: 'done',
        text: `${name} is stored`,
      };
    },
  },
});

/** A chat that shows what it is sent, twice if need be: nobody minds. */
const chat = defineService({
  initial: { told: 0 },
  requests: {
    tell(state, _message: { text: string }) {
      return { state: { told: Math.min(state.told + 1, 2) }, result: null, effect: 'done', text: 'the team is told' };
    },
  },
});
const services = { archive, chat };

const contractActivities = ({ archive: store, chat: team }: ServiceClients<typeof services>) => ({
  storeContract: (name: string) => store.store({ name }),
  tellTeam: (text: string) => team.tell({ text }),
});
const { storeContract, tellTeam } = activities<ReturnType<typeof contractActivities>>();
const contract = workflow('contract', async (input: { name: string }) => {
  await tellTeam(`${await storeContract(input.name)} is signed`);
});

/** The chat, in which one can also see whether the team was told. */
const readableChat = defineService({
  ...chat,
  requests: {
    ...chat.requests,
    told: (state: { told: number }) => ({ state, result: state.told > 0, effect: 'none', text: 'one looks' }),
  },
});

/** The same two steps, for the machineries that they do not ask for. */
const flowOf = (readable: boolean) =>
  defineFlow<{ archive: typeof archive; chat: typeof readableChat }, { name: string }>({
    id: 'c1',
    input: { name: 'contract-c1' },
    steps: [
      { name: 'store', run: ({ services: { archive: store }, input }) => store.store(input) },
      {
        name: 'tell',
        run: ({ services: { chat: team }, input }) => team.tell({ text: `${input.name} is signed` }),
        read: async ({ services: { chat: team } }) => (readable && (await team.told()) ? true : undefined),
      },
    ],
  });

export default defineScenario({
  name: 'two-step',
  title: 'store a contract, tell the team',
  row: 'status-column',
  services,
  keys: ['c1'],
  steps: [
    {
      title: 'store contract',
      effect: 'archive.store',
      class: 'exactly-once',
      property: 'stored-once',
      key: () => 'c1',
      text: ({ name }: { name: string }) => `store ${name}`,
      twice: (id) => `Contract ${id} was stored twice.`,
      never: (id) => `Contract ${id} was never stored.`,
    },
    {
      title: 'tell the team',
      effect: 'chat.tell',
      class: 'at-least-once',
      property: 'told',
      key: () => 'c1',
      text: ({ text }: { text: string }) => `tell the team: ${text}`,
      twice: (id) => `The team was told twice of contract ${id}.`,
      never: (id) => `The team was never told of contract ${id}.`,
    },
  ],
  goal: {
    property: 'contract-ends',
    reached: (world) => world.chat.told > 0,
    missed: (where) => `Contract c1 never ends: ${where}.`,
  },
  patterns: [
    statusColumn<typeof services>({
      messages: [{ name: 'contract', data: { id: 'c1' } }],
      initial: 'signed',
      jobs: ({ services: { archive: store, chat: team }, status }) => ({
        async contract({ data: { id } }) {
          const name = `contract-${id}`;
          if ((await status.get(id)) === 'signed') {
            await store.store({ name });
            await status.set(id, 'signed', 'stored');
          }
          if ((await status.get(id)) === 'stored') {
            await team.tell({ text: `${name} is signed` });
            await status.set(id, 'stored', 'told');
          }
        },
      }),
    }),
    queueFlow(flowOf(false)),
    withAdditions([{ name: 'lookup-by-id', without: 'that the team was told is not readable' }], (has) => ({
      pattern: reconcilerFlow(flowOf(has('lookup-by-id'))),
      services: has('lookup-by-id') ? { chat: readableChat } : {},
    })),
    durable({
      workflow: contract,
      activities: contractActivities,
      start: { id: 'c1', input: { name: 'contract-c1' } },
    }),
  ],
  redundant: { durable: { 'start-repeated': 'both steps forgive a second try, so a second execution does no harm' } },
  expected: { reconciler: { verdict: 'violated', properties: ['contract-ends'] } },
  assumes: [
    'the archive keeps one document of a name',
    'all I/O of the flow goes through the 2 services of this scenario',
  ],
});
