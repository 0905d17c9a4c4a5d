/**
 * What may differ between a run and its replay. What the history fixes (results, their order, which signals one decision
 * saw) is none of it.
 */
export const SOURCES = [
  'clock',
  'random',
  'crypto',
  'env',
  'time zone',
  'locale',
  'pid',
  'hostname',
  'cwd',
  'file system',
  'garbage collection',
  'error stack',
  'key order',
  'latency',
  'module state',
] as const;

export type Source = (typeof SOURCES)[number];
