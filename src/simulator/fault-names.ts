import { FAULTS, type Fault } from './fault.js';

/** What `--faults` may name, and what it stands for; crashes happen always. */
export const FAULT_NAMES: Readonly<Record<string, readonly Fault[]>> = {
  crash: [],
  ...Object.fromEntries(FAULTS.filter((fault) => !/^(edge|pause)-/.test(fault)).map((fault) => [fault, [fault]])),
  edge: ['edge-before', 'edge-at', 'edge-after'],
};
