import { expect, test } from 'vitest';
import { replayExitCode } from './replay-verdict.js';

const none = { pass: 0, changed: 0, fail: 0, blocked: 0, unsupported: 0, 'not-covered': 0 };
const unreadable = (count: number) => ({ count, first: [] });

interface Options {
  readonly strict?: boolean;
  readonly failOn?: 'findings';
  readonly stoppedBy?: 'interrupted';
}

test.each<[Partial<typeof none>, number, Options, number]>([
  [{ pass: 3 }, 0, {}, 0],
  [{ pass: 3, changed: 1 }, 0, {}, 0],
  [{ changed: 1 }, 0, { strict: true }, 1],
  [{ fail: 1, unsupported: 1 }, 1, {}, 1],
  [{ blocked: 1 }, 0, { failOn: 'findings' }, 1],
  [{ pass: 1, unsupported: 1 }, 1, {}, 2],
  [{ 'not-covered': 1 }, 0, {}, 4],
  [{ unsupported: 1 }, 0, { failOn: 'findings' }, 0],
  [{ fail: 1 }, 1, { stoppedBy: 'interrupted' }, 130],
])('%o, unreadable %d, %o: %d', (counts, missing, { strict = false, failOn, stoppedBy }, code) => {
  const result = {
    counts: { ...none, ...counts },
    strict,
    stoppedBy: stoppedBy ?? ('end' as const),
    unreadable: unreadable(missing),
  };
  expect(replayExitCode(result, { failOn })).toBe(code);
});
