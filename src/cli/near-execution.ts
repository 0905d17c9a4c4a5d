import type { EngineListResult } from '../results/index.js';
import { nearPaths } from './near-paths.js';

type Execution = EngineListResult['executions'][number];

/** An execution whose problem names files as seen from this directory; they were recorded as the worker saw them. */
export function nearExecution(execution: Execution): Execution {
  const { problem } = execution;
  if (problem === null) return execution;
  const details = problem.details as { readonly location?: unknown } | null | undefined;
  const location = details?.location;
  const near = typeof location === 'string' ? { details: { ...details, location: nearPaths(location) } } : {};
  return { ...execution, problem: { ...problem, message: nearPaths(problem.message), ...near } } as Execution;
}
