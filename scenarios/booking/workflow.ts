import { activities, ActivityFailure, activityInfo, workflow } from 'crashwise/engine';
import type { ServiceClients } from 'crashwise/simulator';
import type { services } from './services.js';

/** What the steps do outside, with keys made by the engine. */
export const bookingActivities = ({ agency }: ServiceClients<typeof services>) => ({
  hold: (booking: string) => agency.hold({ booking, key: activityInfo().idempotencyKey }),
  pay: (booking: string) => agency.pay({ booking, key: activityInfo().idempotencyKey }),
  async issue(booking: string): Promise<void> {
    const answer = await agency.issue({ booking, key: activityInfo().idempotencyKey });
    if (answer === 'no ticket') throw new Error(answer);
  },
  refund: (booking: string) => agency.refund({ booking, key: activityInfo().idempotencyKey }),
  release: (booking: string) => agency.release({ booking, key: activityInfo().idempotencyKey }),
});

type Activities = ReturnType<typeof bookingActivities>;
const { hold, pay, refund, release } = activities<Activities>();
/** Airlines have bad minutes, so it is tried again; once, as somebody waits for an answer. */
const { issue } = activities<Activities>({ retry: { maximumAttempts: 2 } });

export const booking = workflow('booking', async ({ id }: { id: string }) => {
  await hold(id);
  await pay(id);
  try {
    await issue(id);
    return 'booked';
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    await refund(id);
    await release(id);
    return 'taken back';
  }
});
