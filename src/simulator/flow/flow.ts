import type { ServiceClients, Services } from '../service.js';

/** What a step finds around it. */
export interface StepTools<S extends Services, Input> {
  readonly services: ServiceClients<S>;
  readonly input: Input;
  /** What the machinery can know again after a crash: the same in each try of this step, and of no other. */
  readonly key: string;
  /**
   * What an earlier step returned. Where the machinery has not kept it, it is read back (`read`), and where that cannot
   * be done, the step is run again.
   */
  resultOf<T>(step: string): Promise<T>;
}

/** A step that does something, or one that waits. */
export interface FlowStep<S extends Services, Input> {
  /** One of a kind within the flow. */
  readonly name: string;
  /** Does it. Throws `StepRefused` if the other side refuses it for good; any other error is tried again. */
  readonly run?: (tools: StepTools<S, Input>) => Promise<unknown>;
  /** Instead of `run`: waits so long. */
  readonly waitMs?: number;
  /** What the step returned, read from the world; undefined if the world shows that it is not done. */
  readonly read?: (tools: Omit<StepTools<S, Input>, 'key'>) => Promise<unknown>;
  /** Takes it back, if a later step is refused. */
  readonly undo?: (tools: StepTools<S, Input>) => Promise<void>;
}

/** A sequence of steps, written once. Each machinery runs it in its own way and keeps no more than what defines it. */
export interface Flow<S extends Services, Input> {
  /** Of this run: the id of the message, of the row, of the execution. */
  readonly id: string;
  readonly input: Input;
  readonly steps: readonly FlowStep<S, Input>[];
}

/** A step is refused for good: the steps before it are undone, the last one first, and the flow ends with that. */
export class StepRefused extends Error {
  override readonly name = 'StepRefused';
}

/**
 * Declares a flow that any machinery can run: `queueFlow`, `statusColumnFlow`, `reconcilerFlow` and `durableFlow` make
 * patterns of it. For the types alone, it returns what it is given.
 *
 * @example
 * const invoice = defineFlow<typeof services, { amount: number }>({
 *   id: 'i1',
 *   input: { amount: 49 },
 *   steps: [
 *     { name: 'charge', run: ({ services, input, key }) => services.cards.charge({ amount: input.amount, key }) },
 *     { name: 'trial', waitMs: 3 * 86_400_000 },
 *     { name: 'welcome', run: ({ services }) => services.mail.send({ to: 'ada' }) },
 *   ],
 * });
 * // In the scenario: patterns: [queueFlow(invoice), durableFlow(invoice)]
 */
export function defineFlow<S extends Services, Input>(flow: Flow<S, Input>): Flow<S, Input> {
  return flow;
}
