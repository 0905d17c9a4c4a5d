import { statusColumn } from 'crashwise/simulator';
import { effect } from './effect.js';
import { payments } from './payments.js';
import { post } from './post.js';

/** What an order does: it charges, and sends a mail. */
export const services = { payments, post };

export const steps = [
  effect('payments.charge', 'exactly-once', 'charged-once'),
  effect('post.send', 'at-least-once', 'welcomed'),
];

/** A version of it that writes the status `own` between the two, and goes on from those that it `reads`. */
export const version = (own: string, reads: readonly string[]) =>
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
