import type { AccidentalApp, AccidentalTools } from 'crashwise/simulator';
import type { services } from './services.js';

const DAY_MS = 86_400_000;

type Row = { user: string; status: 'trial' | 'nudged' | 'active' };

/** The nudge as it grows by itself: a table of trials, a cron job that looks at it, and a column that says who had mail. */
export function nudgeApp(tools: AccidentalTools<typeof services>): AccidentalApp<{ id: string; user: string }> {
  const { usage, mail } = tools.services;
  const trials = tools.table<Row>('trials');

  return {
    async post({ id, user }) {
      await trials.findOrCreate(id, { user, status: 'trial' });
    },
    jobs: {},
    async sweep() {
      for (const trial of await trials.where({ status: ['trial'], olderThanMs: 3 * DAY_MS })) {
        if (await usage.isActive(trial.user)) {
          await trials.update(trial.id, { status: 'active' });
          continue;
        }
        await mail.nudge({ to: trial.user });
        await trials.update(trial.id, { status: 'nudged' });
      }
    },
  };
}
