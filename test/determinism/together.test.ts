import { fuzz } from 'crashwise/determinism';
import { expect, test } from 'vitest';

test('sources that make a replay differ only together are named together', { timeout: 60_000 }, async () => {
  const { targets } = await fuzz({ files: ['test/determinism/fixtures/together.ts'], maxRuns: 200 });
  const [found] = targets[0]!.divergences;
  expect(found!.blame.map(({ source }) => source).sort()).toEqual(['os.hostname()', 'process.pid']);
});
