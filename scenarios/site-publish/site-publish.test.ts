import { queue, type QueueOptions, type QueueTools } from 'crashwise/simulator';
import { expect, test } from 'vitest';
import { changed } from '../../test/scenarios/changed.js';
import { outcomeOf, PROVED } from '../../test/scenarios/run.js';
import type * as Jobs from './queue.js';
import { VISIBILITY_MS } from './queue.js';
import scenario from './scenario.js';
import type { services } from './services.js';

const EXTEND = 'await job.extend(60_000);';
const OLD_ONE_STAYS = 'last-version-stays, 0: The site does not show version v2: the queue is empty.';

/** The job with this in place of the line that extends the visibility. */
async function brokenBy(line: string): Promise<readonly string[]> {
  const { publishJobs } = changed<typeof Jobs>(new URL('./queue.ts', import.meta.url), [[EXTEND, line]]);
  const messages = ['v1', 'v2'].map((id) => ({ name: 'publish', data: { id }, group: 'site' }));
  const jobs: QueueOptions<QueueTools<typeof services>>['jobs'] = publishJobs;
  const options = { messages, visibilityMs: VISIBILITY_MS, fifo: true, concurrency: 2, jobs };
  return (await outcomeOf({ ...scenario, patterns: [queue<typeof services>(options)] }, 'queue')).broken;
}

test('the queue is proved: whoever has lost the message stops before the upload', async () => {
  expect(await outcomeOf(scenario, 'queue')).toEqual(PROVED);
});

test('without the heartbeat, or with the answer of the queue ignored, the old version comes back', async () => {
  expect(await brokenBy('')).toContain(OLD_ONE_STAYS);
  expect(await brokenBy('await job.extend(60_000).catch(() => {});')).toContain(OLD_ONE_STAYS);
});

test('with a heartbeat shorter than the upload it is published again and again, and never acknowledged', async () => {
  const [line] = await brokenBy('await job.extend(20_000);');
  expect(line).toMatch(
    /^last-version-stays, 0: .* message v2 is in the queue after \d+ deliveries\. It goes round for ever: every 30s /,
  );
});
