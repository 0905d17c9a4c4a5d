/**
 * What can go wrong in a run besides a crash. Each is a rule over the phases of a call across a boundary.
 *
 * `error`: it fails before it arrives. `permanent-error`: the other side refuses it, now and ever after. `timeout-after`:
 * it arrives and is carried out, and the caller hears of a time-out. `late`: the caller hears of a time-out, and it
 * arrives at any time after that, in a later life perhaps. `duplicate`: it arrives twice. `reorder`: a later message is
 * delivered first. `edge-*`: the answer takes until just before, at or just after the next deadline. `store-error`: the
 * store does not do it. `conflict`: the store does not do it, as somebody else is writing there. `stale-read`: an older state is read.
 * `restore`: the store comes back from an older backup. `pause-*`: the process stands still before it sends the call, or
 * before it hears the answer, while another takes over; then it wakes: a zombie.
 */
export const FAULTS = [
  'error',
  'permanent-error',
  'timeout-after',
  'late',
  'duplicate',
  'reorder',
  'edge-before',
  'edge-at',
  'edge-after',
  'store-error',
  'conflict',
  'stale-read',
  'restore',
  'pause-before',
  'pause-after',
] as const;

export type Fault = (typeof FAULTS)[number];

/** A call of a schedule: the n-th of a site within one process. */
export interface CalledAt {
  readonly site: string;
  /** From 1. */
  readonly occurrence: number;
  /** 2 for the process that has taken over from one that stands still. Default 1. */
  readonly life?: number;
}

export function isSameCall(one: CalledAt, other: CalledAt): boolean {
  return one.site === other.site && one.occurrence === other.occurrence && (one.life ?? 1) === (other.life ?? 1);
}

/** A fault of a schedule: what goes wrong with a call. */
export interface FaultAt extends CalledAt {
  readonly fault: Fault;
}

/** The error that the caller gets from an injected fault. */
export class InjectedError extends Error {
  override readonly name: 'TransientError' | 'PermanentError' | 'TimeoutError' | 'ConflictError';

  constructor(name: InjectedError['name'], message: string) {
    super(message);
    this.name = name;
  }
}
