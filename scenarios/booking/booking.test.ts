import { activities, ActivityFailure, workflow, type Workflow } from 'crashwise/engine';
import { durable } from 'crashwise/simulator';
import { expect, test } from 'vitest';
import { outcomeOf, PROVED } from '../../test/scenarios/run.js';
import scenario from './scenario.js';
import { bookingActivities } from './workflow.js';

/** The engine running other code of this flow. */
function withCode(code: Workflow<{ id: string }>): object {
  const start = { id: 'b1', input: { id: 'b1' } };
  return { ...scenario, patterns: [durable({ workflow: code, activities: bookingActivities, start })] };
}

type Activities = ReturnType<typeof bookingActivities>;
const { hold, pay, refund, release } = activities<Activities>();
const once = activities<Activities>({ retry: { maximumAttempts: 1 } });

/** Holds, pays, tries once, and goes this way back. */
const withWayBack = (back: (id: string) => Promise<void>): object =>
  withCode(
    workflow('booking', async ({ id }: { id: string }) => {
      await hold(id);
      await pay(id);
      try {
        await once.issue(id);
      } catch (error) {
        if (!(error instanceof ActivityFailure)) throw error;
        await back(id);
      }
    }),
  );

test('durable is proved: what was done is taken back, through crashes on the way there and on the way back', async () => {
  expect(await outcomeOf(scenario, 'durable')).toEqual(PROVED);
});

test('a queue that gives up leaves half a booking, without any crash', async () => {
  expect(await outcomeOf(scenario, 'queue')).toEqual({
    verdict: 'violated',
    closed: true,
    broken: [
      'booking-ends, 0: Booking b1 has no ticket, and is not taken back either: message b1 lies in the dead letter queue after 3 deliveries.',
    ],
  });
});

test('without a limit it asks for a ticket to the end of time', async () => {
  const { issue } = activities<Activities>();
  const code = workflow('booking', async ({ id }: { id: string }) => {
    await hold(id);
    await pay(id);
    await issue(id);
  });
  const { broken } = await outcomeOf(withCode(code), 'durable');
  expect(broken).toEqual([
    'booking-ends, 0: Booking b1 has no ticket, and is not taken back either: execution b1 is running. ' +
      'It goes round for ever: the same again and again (agency.issue; write down issue).',
  ]);
});

test('paid back and not let go, or let go first: the seat is held for ever', async () => {
  const missed = 'booking-ends, 0: Booking b1 has no ticket, and is not taken back either: execution b1 is completed.';
  expect(
    (
      await outcomeOf(
        withWayBack(async (id) => void (await refund(id))),
        'durable',
      )
    ).broken,
  ).toEqual([missed]);
  const wrongWay = withWayBack(async (id) => {
    await release(id);
    await refund(id);
  });
  expect((await outcomeOf(wrongWay, 'durable')).broken).toEqual([missed]);
});
