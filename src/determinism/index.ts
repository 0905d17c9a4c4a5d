export { fuzz, type FuzzOptions } from './fuzz.js';
export type { FuzzPlan, ValueSource } from './fuzz-plan.js';
export { defineConfig, type Config } from './feed/config.js';
