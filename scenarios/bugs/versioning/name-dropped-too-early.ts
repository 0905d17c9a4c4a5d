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

/** The second version reads both names, the third one only the new one; nobody has looked whether a row has the old one. */
const flow = (repaired: boolean) =>
  scenarioOf({
    title: 'charge, then a mail; in three versions',
    services,
    steps: [
      effect('payments.charge', 'exactly-once', 'charged-once'),
      effect('post.send', 'at-least-once', 'welcomed'),
    ],
    pattern: deployments(
      version('charged', ['charged']),
      version('paid', ['paid', 'charged']),
      version('paid', repaired ? ['paid', 'charged'] : ['paid']),
    ),
  });

export default defineBug({
  id: 'name-dropped-too-early',
  family: 'versioning',
  pattern: 'status-column',
  measure: 'a name is dropped when no row has it',
  fault: 'crash',
  crashes: 2,
  faults: 0,
  workers: 1,
  parallel: false,
  breaks: 'welcomed',
  invisibleAtEnd: true,
  retells: {
    what: 'Temporal Rust SDK 658: nobody can tell which old branches are still needed',
    url: 'https://github.com/temporalio/sdk-rust/issues/658',
  },
  search: {},
  buggy: flow(false),
  repaired: flow(true),
});
