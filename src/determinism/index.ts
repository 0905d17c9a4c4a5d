export type { FuzzPlan, ValueSource } from './fuzz-plan.js';
