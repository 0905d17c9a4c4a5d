export { fuzz, type FuzzOptions } from './fuzz.js';
export type { FuzzPlan, ValueSource } from './fuzz-plan.js';
export { toBundle } from './corpus/to-bundle.js';
export { replay, type ReplayOptions } from './replay.js';
export type { HistoryName } from './replay/outcome.js';
export { patches, type PatchesOptions } from './patches.js';
export { PATCH_RULES, type PatchFacts, type PatchRule } from './patches/patch-rules.js';
export { defineConfig, type Config } from './feed/config.js';
