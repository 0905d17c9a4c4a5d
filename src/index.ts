export { initScenario, type InitOptions } from './cli/init/init-scenario.js';
export { defineConfig, type Config } from './determinism/feed/config.js';
export { CrashwiseError } from './engine/index.js';
export type { SimulationResult } from './results/index.js';
export { defineScenario, simulate, type Scenario, type SimulateOptions } from './simulator/index.js';
