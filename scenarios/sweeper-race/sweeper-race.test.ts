import { accidental, queue } from 'crashwise/simulator';
import { expect, test } from 'vitest';
import { changed } from '../../test/scenarios/changed.js';
import { outcomeOf, PROVED, run } from '../../test/scenarios/run.js';
import type * as App from './accidental.js';
import { bonusJobs } from './queue.js';
import scenario from './scenario.js';
import type { services } from './services.js';

const TEN_MINUTES_MS = 600_000;
const ZOMBIES = { zombies: true, maxFaults: 1 };
const TWICE = { verdict: 'violated', closed: true };

const messages = [
  { name: 'credit', data: { id: 'b1' } },
  { name: 'credit', data: { id: 'b1' }, id: 'b1 again' },
];

/** The sweeper's application, whose job looks first and then credits whatever it has seen then. */
function racy(): object {
  const look = "if ((await wallet.bonus(id)) === 'due') await wallet.credit({ id });";
  const changes = [["await wallet.credit({ id, where: 'due' });", look]] as const;
  const { bonusApp } = changed<typeof App>(new URL('./accidental.ts', import.meta.url), changes);
  const times = { stuckAfterMs: TEN_MINUTES_MS, sweepEveryMs: TEN_MINUTES_MS };
  return { ...scenario, patterns: [accidental({ request: { id: 'b1' }, ...times, app: bonusApp })] };
}

test('looked at and then credited by two workers, the bonus is credited twice without any crash', async () => {
  const { broken, ...rest } = await outcomeOf(scenario, 'queue');
  expect(rest).toEqual(TWICE);
  expect(broken).toEqual(['credited-once, 0: Bonus b1 was credited twice.']);
});

test('one worker at a time, the same jobs are proved: no crash shows the race', async () => {
  const pattern = queue<typeof services>({ messages, jobs: bonusJobs });
  expect(await outcomeOf({ ...scenario, patterns: [pattern] }, 'queue')).toEqual(PROVED);
});

test('looked at and credited in one statement, it is proved for two workers', async () => {
  const pattern = queue<typeof services>({
    messages,
    concurrency: 2,
    jobs: ({ services: { wallet } }) => ({ credit: ({ data: { id } }) => wallet.credit({ id, where: 'due' }) }),
  });
  expect(await outcomeOf({ ...scenario, patterns: [pattern] }, 'queue')).toEqual(PROVED);
});

test('the sweeper is proved with the statement that compares, and without it as long as nobody stands still', async () => {
  expect(await outcomeOf(scenario, 'accidental')).toEqual(PROVED);
  expect(await outcomeOf(racy(), 'accidental')).toEqual(PROVED);
});

test(
  'a worker that stands still over its lock: only the statement that compares holds',
  { timeout: 300_000 },
  async () => {
    const { violations } = await run(racy(), 'accidental', { schedule: 'accidental:!pause-before=wallet.credit' });
    expect(violations).toMatchObject([{ property: 'credited-once', crashes: 0, faults: 1 }]);
    expect(await outcomeOf(scenario, 'accidental', ZOMBIES)).toEqual(PROVED);
  },
);
