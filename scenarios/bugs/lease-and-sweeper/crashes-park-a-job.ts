import { queue } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { effect } from '../services/effect.js';
import { payments } from '../services/payments.js';
import { scenarioOf } from '../services/scenario-of.js';

const services = { payments };

/** A worker that dies counts as a failure of its job: two of them, and a job that never failed is given up. */
const flow = (repaired: boolean) =>
  scenarioOf({
    title: 'charge, with a limit on stalled jobs',
    services,
    steps: [effect('payments.charge', 'exactly-once', 'charged-once')],
    pattern: queue<typeof services>({
      messages: [{ name: 'charge', data: { id: 'o1' } }],
      ...(repaired ? {} : { maxDeliveries: 2 }),
      jobs: (tools) => ({ charge: ({ id }) => tools.services.payments.charge({ key: id, amount: 49 }) }),
    }),
  });

export default defineBug({
  id: 'crashes-park-a-job',
  family: 'lease-and-sweeper',
  pattern: 'queue',
  measure: 'a crash is no failure of the job',
  fault: 'crash',
  crashes: 2,
  faults: 0,
  workers: 1,
  parallel: false,
  breaks: 'ends',
  invisibleAtEnd: false,
  retells: {
    what: 'BullMQ 3555: stalled jobs that fail at once when they are retried',
    url: 'https://github.com/taskforcesh/bullmq/issues/3555',
  },
  search: {},
  buggy: flow(false),
  repaired: flow(true),
});
