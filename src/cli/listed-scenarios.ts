import { shownPath } from '../loader/shown-path.js';
import type { ScenarioListResult } from '../results/index.js';
import { loadScenario } from '../simulator/index.js';
import type { FoundScenario } from './find-scenarios.js';

/** Loads the scenarios, and says what each is. */
export async function listedScenarios(found: readonly FoundScenario[]): Promise<ScenarioListResult> {
  const scenarios: ScenarioListResult['scenarios'] = [];
  for (const one of found) {
    const { title, patterns, expected } = await loadScenario(one.file);
    scenarios.push({
      name: one.target,
      title,
      file: shownPath(one.file),
      shipped: one.shipped,
      patterns: patterns.map(({ name }) => ({ name, expected: expected?.[name]?.verdict ?? 'proved' })),
    });
  }
  return { schema: 'crashwise/scenario-list@1', scenarios };
}
