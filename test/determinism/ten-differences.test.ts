import { fuzz } from 'crashwise/determinism';
import { expect, test } from 'vitest';
import { ten } from './fixtures/ten-differences.js';

// Goal: commands are compared whole, so that none of the ten differences passes that a comparison of kinds and names lets
// through. Method: each of them hangs on the process id, and is searched for.

test('ten of ten', { timeout: 120_000 }, async () => {
  const { targets } = await fuzz({ files: ['test/determinism/fixtures/ten-differences.ts'], maxRuns: 100 });
  const found = Object.fromEntries(
    targets.map(({ workflow, verdict, divergences: [first] }) => [
      workflow,
      `${verdict} ${first?.difference.replace(/\[\d+\]/, '[n]')} ${first?.blame[0]?.source}`,
    ]),
  );
  expect(found).toEqual({
    'activity-name': 'divergent name process.pid',
    'order-of-two': 'divergent name process.pid',
    'missing-command': 'divergent kind process.pid',
    arguments: 'divergent args[n] process.pid',
    'timer-duration': 'divergent durationMs process.pid',
    options: 'divergent options.startToCloseTimeoutMs process.pid',
    result: 'divergent result process.pid',
    'same-type-swapped': 'divergent args[n] process.pid',
    'same-type-inserted': 'divergent args[n] process.pid',
    'extra-in-promise-all': 'divergent kind process.pid',
  });
  expect(ten).toHaveLength(10);
});
