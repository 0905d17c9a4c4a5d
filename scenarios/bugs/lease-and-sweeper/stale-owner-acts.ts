import { statusColumn } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { effect } from '../services/effect.js';
import { register } from '../services/register.js';
import { scenarioOf } from '../services/scenario-of.js';

const services = { register };

/** It has read that the row is pending. While it stands still somebody else does the work; it wakes, and does it again. */
const flow = (repaired: boolean) =>
  scenarioOf({
    title: 'what is pending is done by the recovery',
    services,
    steps: [effect('register.add', 'exactly-once', 'added-once')],
    pattern: statusColumn<typeof services>({
      messages: [{ name: 'recover', data: { id: 'o1' } }],
      initial: 'pending',
      jobs: ({ services: { register: api }, status }) => ({
        async recover({ id }) {
          if ((await status.get(id)) !== 'pending') return;
          if (!(await api.has({ id }))) await api.add({ id, unique: repaired });
          await status.set(id, 'pending', 'done');
        },
      }),
    }),
  });

export default defineBug({
  id: 'stale-owner-acts',
  family: 'lease-and-sweeper',
  pattern: 'status-column',
  measure: 'unique constraint',
  fault: 'zombie',
  crashes: 0,
  faults: 1,
  workers: 2,
  parallel: false,
  breaks: 'added-once',
  invisibleAtEnd: false,
  retells: {
    what: 'DBOS Python 742: a recovery whose result is stale runs work that it does not own',
    url: 'https://github.com/dbos-inc/dbos-transact-py/issues/742',
  },
  search: { zombies: true, maxFaults: 1 },
  buggy: flow(false),
  repaired: flow(true),
});
