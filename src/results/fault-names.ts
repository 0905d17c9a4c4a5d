/** What `--faults` may name besides `all`. A crash happens always; `edge` stands for the three edges of a deadline. */
export const FAULT_NAMES = [
  'crash',
  'error',
  'permanent-error',
  'timeout-after',
  'late',
  'duplicate',
  'reorder',
  'edge',
  'store-error',
  'conflict',
  'stale-read',
  'restore',
] as const;

export type FaultName = (typeof FAULT_NAMES)[number];
