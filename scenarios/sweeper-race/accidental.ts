import type { AccidentalApp, AccidentalTools } from 'crashwise/simulator';
import type { services } from './services.js';

const TEN_MINUTES_MS = 600_000;

/** A sweeper puts into the queue what has been due for ten minutes. What is in flight it cannot see. */
export function bonusApp(tools: AccidentalTools<typeof services>): AccidentalApp<{ id: string }> {
  const { queue } = tools;
  const { wallet, onCall } = tools.services;
  const bonuses = tools.table<{ status: 'due' | 'credited' }>('bonuses');

  return {
    async post({ id }) {
      await bonuses.findOrCreate(id, { status: 'due' });
    },
    jobs: {
      async credit({ id }) {
        if ((await bonuses.get(id))?.status !== 'due') return; // Done before: this is what the sweeper has put back.
        await wallet.credit({ id, where: 'due' });
        await bonuses.update(id, { status: 'credited' });
      },
    },
    async sweep() {
      const stuck = await bonuses.where({ status: ['due'], olderThanMs: TEN_MINUTES_MS });
      for (const { id } of stuck) {
        await queue.add('credit', { id });
        await onCall.report(id);
      }
    },
  };
}
