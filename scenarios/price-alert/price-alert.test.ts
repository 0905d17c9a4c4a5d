import { statusColumn, type StatusColumnOptions } from 'crashwise/simulator';
import { expect, test } from 'vitest';
import { changed } from '../../test/scenarios/changed.js';
import { outcomeOf, PROVED } from '../../test/scenarios/run.js';
import scenario from './scenario.js';
import type { services } from './services.js';
import * as column from './status-column.js';

type Jobs = StatusColumnOptions<typeof services>['jobs'];

const CLAIM = "if (await status.set(id, 'watched', 'alerted')) await push.send('Ada');";

/** The job with this in place of the claim. */
function withClaim(line: string): Jobs {
  const changes = [[CLAIM, line]] as const;
  return changed<typeof column>(new URL('./status-column.ts', import.meta.url), changes).alertJobs;
}

/** The alert as told by these feeds, each with a message of its own. */
function withJobs(jobs: Jobs, feeds: readonly string[] = ['feed 1']): object {
  const messages = feeds.map((id) => ({ name: 'alert', id, data: { id: 'w1' } }));
  return { ...scenario, patterns: [statusColumn<typeof services>({ messages, initial: 'watched', jobs })] };
}

test('claimed first, the alert is sent once at most, also when two feeds report the price', async () => {
  expect(await outcomeOf(scenario, 'status-column')).toEqual(PROVED);
  expect(await outcomeOf(withJobs(column.alertJobs, ['feed 1', 'feed 2']), 'status-column')).toEqual(PROVED);
});

test('sent first and claimed after that, the phone buzzes again after one crash', async () => {
  const late = withClaim(
    "if ((await status.get(id)) === 'watched') await push.send('Ada'); await status.set(id, 'watched', 'alerted');",
  );
  const { broken } = await outcomeOf(withJobs(late), 'status-column');
  expect(broken).toEqual([
    'alerted-once, 1: The alert of entry w1 was sent twice. Each crash there does it once more.',
  ]);
});

test('with the answer of the claim ignored, two feeds make it buzz twice without any crash', async () => {
  const blind = withClaim("await status.set(id, 'watched', 'alerted'); await push.send('Ada');");
  const { broken } = await outcomeOf(withJobs(blind, ['feed 1', 'feed 2']), 'status-column');
  expect(broken).toEqual(['alerted-once, 0: The alert of entry w1 was sent twice.']);
});
