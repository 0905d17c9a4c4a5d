import { activities, activityInfo, sleep, workflow } from 'crashwise/engine';
import type { ServiceClients } from 'crashwise/simulator';
import type { services } from './services.js';

const DAY_MS = 86_400_000;

/** What the steps do outside. The key of the mail is made by the engine. */
export const nudgeActivities = ({ usage, mail }: ServiceClients<typeof services>) => ({
  isActive: (user: string) => usage.isActive(user),
  sendNudge: (to: string) => mail.nudge({ to, key: activityInfo().idempotencyKey }),
});

const { isActive, sendNudge } = activities<ReturnType<typeof nudgeActivities>>();

export const trialNudge = workflow('trial-nudge', async ({ user }: { user: string }) => {
  await sleep(3 * DAY_MS);
  if (!(await isActive(user))) await sendNudge(user);
});
