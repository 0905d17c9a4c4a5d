import { statusColumn } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { deployments } from '../services/deployments.js';
import { payments } from '../services/payments.js';
import { post } from '../services/post.js';
import { effect } from '../services/effect.js';
import { scenarioOf } from '../services/scenario-of.js';

const services = { payments, post };

/** Writes `own` after the charge, and goes on from what it `reads`. */
const version = (own: string, reads: readonly string[]) =>
  statusColumn<typeof services>({
    messages: [{ name: 'order', data: { id: 'o1' } }],
    initial: 'new',
    jobs: (tools) => ({
      async order({ id }) {
        const { status, services: api } = tools;
        if ((await status.get(id)) === 'new') {
          await api.payments.charge({ key: id, amount: 49 });
          await status.set(id, 'new', own);
        }
        const found = await status.get(id);
        if (found === undefined || !reads.includes(found)) return; // It is done.
        await api.post.send({ to: 'ada@example.com' });
        await status.set(id, found, 'done');
      },
    }),
  });

/** A status has a new name. Rows that have the old one are taken for done. */
const flow = (repaired: boolean) =>
  scenarioOf({
    title: 'charge, then a mail; "charged" is called "paid" later',
    services,
    steps: [
      effect('payments.charge', 'exactly-once', 'charged-once'),
      effect('post.send', 'at-least-once', 'welcomed'),
    ],
    pattern: deployments(version('charged', ['charged']), version('paid', repaired ? ['paid', 'charged'] : ['paid'])),
  });

export default defineBug({
  id: 'status-renamed',
  family: 'versioning',
  pattern: 'status-column',
  measure: 'old names are still read',
  fault: 'crash',
  crashes: 1,
  faults: 0,
  workers: 1,
  parallel: false,
  breaks: 'welcomed',
  invisibleAtEnd: true,
  retells: {
    what: 'MoonMind 2249: checkpoints under their old name are not found after a rename',
    url: 'https://github.com/MoonLadderStudios/MoonMind/pull/2249',
  },
  search: {},
  buggy: flow(false),
  repaired: flow(true),
});
