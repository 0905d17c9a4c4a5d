export { CrashwiseError } from './engine/index.js';
export type { SimulationResult } from './results/index.js';
export { defineScenario, simulate, type Scenario, type SimulateOptions } from './simulator/index.js';
