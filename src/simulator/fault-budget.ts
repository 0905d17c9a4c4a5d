import { FAULT_NAMES, type FaultName } from '../results/fault-names.js';
import { simulatorError } from './errors.js';
import type { Fault } from './fault.js';

/** What may go wrong besides crashes, and how often in all. */
export interface FaultBudget {
  readonly faults: ReadonlySet<Fault>;
  readonly maxFaults: number;
}

export const NO_FAULTS: FaultBudget = { faults: new Set(), maxFaults: 0 };

/** How often other faults may happen in a run if nothing is said. */
const MAX_FAULTS = 2;

function faultsOf(name: FaultName): readonly Fault[] {
  if (name === 'crash') return [];
  return name === 'edge' ? ['edge-before', 'edge-at', 'edge-after'] : [name];
}

/** What a fault is called in `--faults` and in certificates. */
export function nameOfFault(fault: Fault): string {
  return fault.startsWith('pause-') ? 'zombie' : fault.startsWith('edge-') ? 'edge' : fault;
}

/** In words, what a search says nothing about if it leaves a fault out. */
export const FAULT_WORDS: Readonly<Record<string, string>> = {
  error: 'errors',
  'permanent-error': 'permanent errors',
  'timeout-after': 'timeouts',
  late: 'late landing',
  duplicate: 'duplicate delivery',
  reorder: 'reordered delivery',
  edge: 'edges of deadlines',
  'store-error': 'store errors',
  conflict: 'write conflicts',
  'stale-read': 'stale reads',
  restore: 'a restored backup',
  zombie: 'zombie',
};

const PAUSES: readonly Fault[] = ['pause-before', 'pause-after'];

/** Throws `fault-unknown`. `all` stands for all names; a pause, for the zombie, has a switch of its own. */
export function faultBudget(options: {
  readonly faults?: readonly string[] | undefined;
  readonly maxFaults?: number | undefined;
  readonly zombies?: boolean | undefined;
}): FaultBudget {
  const { faults: names = [], maxFaults = MAX_FAULTS, zombies = false } = options;
  const isKnown = (name: string): name is FaultName => (FAULT_NAMES as readonly string[]).includes(name);
  const wanted = names.includes('all') ? FAULT_NAMES : names;
  const unknown = wanted.find((name) => !isKnown(name));
  if (unknown !== undefined) {
    throw simulatorError('fault-unknown', `There is no fault "${unknown}". There are: all, ${FAULT_NAMES.join(', ')}.`);
  }
  const faults = new Set([...wanted.filter(isKnown).flatMap(faultsOf), ...(zombies ? PAUSES : [])]);
  return { faults, maxFaults: faults.size === 0 ? 0 : maxFaults };
}
