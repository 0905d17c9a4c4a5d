import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';

export const why = 'The fastest of three wins, but who that was, and who failed before, is in the history.';

const { download, unpack } = activities<{
  download: (mirror: string) => { path: string };
  unpack: (path: string) => number;
}>({ retry: { maximumAttempts: 1 } });

export const right = workflow('any-mirror-that-answers', async (version: string) => {
  const mirrors = ['eu', 'us', 'asia'].map((region) => download(`${region}/${version}`));
  const { path } = await Promise.any(mirrors);
  return unpack(path);
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('v1', 'v2'),
  results: { download: fc.record({ path: fc.constantFrom('/tmp/1', '/tmp/2') }), unpack: fc.nat(900) },
  failures: { download: ['NotFound'], unpack: [] },
};
