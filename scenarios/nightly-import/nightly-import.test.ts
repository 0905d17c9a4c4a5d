import { queue, type QueueOptions, type QueueTools } from 'crashwise/simulator';
import { expect, test } from 'vitest';
import { changed } from '../../test/scenarios/changed.js';
import { outcomeOf, PROVED } from '../../test/scenarios/run.js';
import type * as Jobs from './queue.js';
import { VISIBILITY_MS } from './queue.js';
import scenario from './scenario.js';
import type { services } from './services.js';

const EXTEND = 'await job.extend(60_000);';
const TWICE = ['no-row-twice, 0: Each row is in table t1 twice.'];

/** The job with this in place of the line that extends the visibility, for so many jobs at a time. */
function withExtend(line: string, concurrency = 2): object {
  const { importJobs } = changed<typeof Jobs>(new URL('./queue.ts', import.meta.url), [[EXTEND, line]]);
  const messages = [{ name: 'import', data: { id: 't1' } }];
  const jobs: QueueOptions<QueueTools<typeof services>>['jobs'] = importJobs;
  const options = { messages, visibilityMs: VISIBILITY_MS, concurrency, jobs };
  return { ...scenario, patterns: [queue<typeof services>(options)] };
}

const brokenBy = async (...change: Parameters<typeof withExtend>): Promise<readonly string[]> =>
  (await outcomeOf(withExtend(...change), 'queue')).broken.filter((line) => line.startsWith('no-row-twice'));

test('the queue is proved, with two workers over one message', async () => {
  expect(await outcomeOf(scenario, 'queue')).toEqual(PROVED);
});

test('without the heartbeat each row is there twice, and no crash is needed', async () => {
  expect(await brokenBy('')).toEqual(TWICE);
});

test('with a heartbeat shorter than the load it is imported again and again, and never acknowledged', async () => {
  const { broken } = await outcomeOf(withExtend('await job.extend(20_000);'), 'queue');
  expect(broken[0]).toMatch(
    /^import-ends, 0: .* message t1 is in the queue after \d+ deliveries\. It goes round for ever: every 30s /,
  );
});

test('with the answer of the queue ignored, the slow worker loads as well', async () => {
  expect(await brokenBy('await job.extend(60_000).catch(() => {});')).toEqual(TWICE);
});

test('one job at a time, nothing shows', async () => {
  expect(await outcomeOf(withExtend('', 1), 'queue')).toEqual(PROVED);
});
