export {
  determinismSchema,
  type DeterminismResult,
  type DeterminismTarget,
  type FoundDivergence,
  type KnownDivergence,
} from './determinism.js';
export {
  simulationSchema,
  type Mark,
  type MatrixRow,
  type Mutant,
  type Mutants,
  type SimulationResult,
  type SimulationRun,
  type SimulationViolation,
  type StoryStep,
} from './simulation.js';
export { historySchema, type HistoryBundle } from './history.js';
export { patchesSchema, type PatchesResult, type PatchReport } from './patches.js';
export {
  replaySchema,
  type CorpusCoverage,
  type ReplayFinding,
  type ReplayResult,
  type ReplayStatus,
} from './replay.js';
export { EXIT, type ExitCode } from './exit-codes.js';
export {
  engineListSchema,
  engineQuerySchema,
  engineRunSchema,
  engineShowSchema,
  engineSignalSchema,
  engineStartSchema,
  type EngineListResult,
  type EngineQueryResult,
  type EngineRunResult,
  type EngineShowResult,
  type EngineSignalResult,
  type EngineStartResult,
} from './engine.js';
export {
  errorSchema,
  initSchema,
  lookRoundSchema,
  scenarioListSchema,
  type ErrorResult,
  type InitResult,
  type LookRoundResult,
  type ScenarioListResult,
} from './cli.js';
