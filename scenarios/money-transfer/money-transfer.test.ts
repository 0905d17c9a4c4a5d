import { activities, workflow } from 'crashwise/engine';
import { durable, statusColumn } from 'crashwise/simulator';
import { expect, test } from 'vitest';
import { changed } from '../../test/scenarios/changed.js';
import { outcomeOf, PROVED } from '../../test/scenarios/run.js';
import scenario from './scenario.js';
import type { services } from './services.js';
import type * as Column from './status-column.js';
import { transferActivities, type Transfer } from './workflow.js';

const input = { from: 'savings', to: 'rent', amount: 40 };

/** The job with a key for each of these bookings, made from the row. */
function withKeys(bookings: readonly ('debit' | 'credit')[]): object {
  const account = { debit: 'from', credit: 'to' };
  const changes = bookings.map((booking) => {
    const call = `bank.${booking}({ account: ${account[booking]}, amount });`;
    return [call, call.replace('amount }', `amount, key: \`\${id}/${booking}\` }`)] as const;
  });
  const { transferJobs } = changed<typeof Column>(new URL('./status-column.ts', import.meta.url), changes);
  const messages = [{ name: 'transfer', data: { id: 't1' } }];
  const pattern = statusColumn<typeof services>({ messages, initial: 'new', jobs: transferJobs(input) });
  return { ...scenario, patterns: [pattern] };
}

test('durable is proved: nothing lost or made at rest, and never more than the amount in transit', async () => {
  expect(await outcomeOf(scenario, 'durable')).toEqual(PROVED);
});

test('the column alone doubles each booking after one crash, and both invariants see it', async () => {
  const { verdict, broken } = await outcomeOf(scenario, 'status-column');
  expect({ verdict, broken }).toEqual({
    verdict: 'violated',
    broken: [
      'debited-once, 1: Transfer t1 was debited twice. Each crash there does it once more.',
      'in-transit-at-most, 1: 80 are on their way, and 40 were to be transferred.',
      'nothing-lost-at-rest, 1: The money of transfer t1 is not where it belongs: row t1 is "done" and the queue is empty.',
      'credited-once, 1: Transfer t1 was credited twice. Each crash there does it once more.',
      'no-money-made, 1: There were 100 in all, and there are 140.',
    ],
  });
});

test('with a key for each booking the column is proved, with one key the other booking is doubled', async () => {
  expect(await outcomeOf(withKeys(['debit', 'credit']), 'status-column')).toEqual(PROVED);
  const properties = async (bookings: readonly ('debit' | 'credit')[]) =>
    (await outcomeOf(withKeys(bookings), 'status-column')).broken.map((line) => line.split(',')[0]);
  expect(await properties(['debit'])).toEqual(['credited-once', 'no-money-made', 'nothing-lost-at-rest']);
  expect(await properties(['credit'])).toEqual(['debited-once', 'in-transit-at-most', 'nothing-lost-at-rest']);
});

test('credited first, money is made without any crash, though nothing is wrong at rest', async () => {
  const { debit, credit } = activities<ReturnType<typeof transferActivities>>();
  const creditFirst = workflow('transfer', async ({ from, to, amount }: Transfer) => {
    await credit(to, amount);
    await debit(from, amount);
  });
  const pattern = durable({
    workflow: creditFirst,
    activities: transferActivities,
    start: { id: 't1', input },
  });
  const { broken } = await outcomeOf({ ...scenario, patterns: [pattern] }, 'durable');
  expect(broken).toEqual(['no-money-made, 0: There were 100 in all, and there are 140.']);
});
