import 'crashwise/vitest';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { initScenario } from 'crashwise';
import { expect, test } from 'vitest';
import { blocksOf } from './pages.js';

test('the message in the guide to vitest is that of the scenario that init writes, without its key', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'crashwise-guide-'));
  try {
    await initScenario({ directory });
    const file = join(directory, 'scenarios/order/workflow.ts');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/^ +key: .*\n/m, ''));
    const error: unknown = await expect(join(directory, 'scenarios/order/scenario.ts'))
      .toSurviveCrashes()
      .catch((reason: unknown) => reason);
    const message = `${(error as Error).message}\n`;
    const shown = blocksOf('docs/guides/vitest.md').find(({ language }) => language === 'text')!.text;
    // In their order, and none left out.
    let at = 0;
    for (const part of shown.split('…\n')) {
      expect(message.indexOf(part, at), `${part}\nis not in\n${message}`).toBeGreaterThanOrEqual(at);
      at = message.indexOf(part, at) + part.length;
    }
    expect(at).toBe(message.length);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});
