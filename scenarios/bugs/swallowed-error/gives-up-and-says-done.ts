import { statusColumn } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { effect } from '../services/effect.js';
import { payments } from '../services/payments.js';
import { scenarioOf } from '../services/scenario-of.js';

const services = { payments };

/** After its last try it gives up, and writes down that it is done. */
const flow = (repaired: boolean) =>
  scenarioOf({
    title: 'charge, in two tries',
    services,
    steps: [effect('payments.charge', 'exactly-once', 'charged-once')],
    pattern: statusColumn<typeof services>({
      messages: [{ name: 'charge', data: { id: 'o1' } }],
      initial: 'new',
      jobs: ({ services: { payments: api }, status }) => ({
        async charge({ id }) {
          if ((await status.get(id)) !== 'new') return;
          const charge = () => api.charge({ key: id, amount: 49 });
          const charged = await charge()
            .catch(charge)
            .then(
              () => true,
              () => false,
            );
          if (repaired && !charged) throw new Error('two tries have failed');
          await status.set(id, 'new', 'done');
        },
      }),
    }),
  });

export default defineBug({
  id: 'gives-up-and-says-done',
  family: 'swallowed-error',
  pattern: 'status-column',
  measure: 'done is written only after it was done',
  fault: 'error',
  crashes: 0,
  faults: 2,
  workers: 1,
  parallel: false,
  breaks: 'charged-once',
  invisibleAtEnd: false,
  retells: {
    what: 'Gobblin 2313: tasks are always marked as complete, even if they throw',
    url: 'https://github.com/apache/gobblin/pull/2313',
  },
  search: { faults: ['error'], maxFaults: 2 },
  buggy: flow(false),
  repaired: flow(true),
});
