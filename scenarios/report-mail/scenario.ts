import { activities, activityInfo, workflow } from 'crashwise/engine';
import {
  defineFlow,
  defineScenario,
  defineService,
  durable,
  queue,
  reconcilerFlow,
  statusColumnFlow,
  type ServiceClients,
} from 'crashwise/simulator';

/** A mail provider that honours idempotency keys: a mail with a known key is not sent again. */
const mail = defineService({
  initial: { sent: [] as readonly string[] },
  requests: {
    send(state, { key }: { to: string; key: string }) {
      if (state.sent.includes(key)) {
        return { state, result: null, effect: 'refused', text: 'the provider has sent this mail before' };
      }
      return {
        state: { sent: [...state.sent, key] },
        result: null,
        effect: 'done',
        text: 'the provider sends the mail',
      };
    },
  },
});
const services = { mail };

const to = 'ada@example.com';

const reportActivities = ({ mail: provider }: ServiceClients<typeof services>) => ({
  sendReport: (address: string) => provider.send({ to: address, key: activityInfo().idempotencyKey }),
});
const { sendReport } = activities<ReturnType<typeof reportActivities>>();
const reportMail = workflow('report-mail', (input: { to: string }) => sendReport(input.to));

/** The same single step, for the machineries that it does not ask for. */
const flow = defineFlow<typeof services, { to: string }>({
  id: 'r1',
  input: { to },
  steps: [{ name: 'report', run: ({ services: { mail: provider }, input, key }) => provider.send({ ...input, key }) }],
});

export default defineScenario({
  name: 'report-mail',
  title: 'send a report by mail',
  row: 'queue',
  services,
  keys: ['r1'],
  steps: [
    {
      title: 'send report',
      effect: 'mail.send',
      class: 'exactly-once',
      property: 'mailed-once',
      key: () => 'r1',
      text: (mailed: { to: string; key: string }) => `send the report to ${mailed.to}, key ${mailed.key}`,
      twice: (id) => `Report ${id} was mailed twice.`,
      never: (id) => `Report ${id} was never mailed.`,
    },
  ],
  goal: {
    property: 'report-ends',
    reached: (world) => world.mail.sent.length > 0,
    missed: (where) => `Report r1 never ends: ${where}.`,
  },
  endings: { parked: 'redriven' },
  patterns: [
    queue<typeof services>({
      messages: [{ name: 'report', data: { id: 'r1', to } }],
      jobs: ({ services: { mail: provider } }) => ({
        report: (job) => provider.send({ to: job.data.to, key: job.id }),
      }),
      maxDeliveries: 5,
    }),
    statusColumnFlow(flow),
    reconcilerFlow(flow),
    durable({ workflow: reportMail, activities: reportActivities, start: { id: 'r1', input: { to } } }),
  ],
  assumes: [
    'the mail provider remembers a key for as long as a retry may come',
    'all I/O of the flow goes through the 1 service of this scenario',
  ],
});
