// oxlint-disable-next-line typescript/no-explicit-any -- a constraint over requests of every signature
type AnyRequest = (state: any, ...args: any[]) => unknown;

// By name, so that two copies of this package agree on it.
const AT = Symbol.for('crashwise.request-at');

/**
 * A request of a service that asks what time it is. Times in ms, from 0 at the start of the simulation. What the service
 * does later, it keeps in its state as `{ deadlineMs }`, and nowhere else: of such a time the search knows only whether it
 * has passed, and which comes first. Any other time in a state is compared as a number, and the search never closes.
 *
 * @example
 * type Cards = { readonly keys: readonly { key: string; forgotten: { deadlineMs: number } }[] };
 * const cards = defineService({
 *   initial: { keys: [] } as Cards,
 *   requests: {
 *     charge: withTime((nowMs) => (state: Cards, { key }: { key: string }) => {
 *       const keys = state.keys.filter(({ forgotten }) => forgotten.deadlineMs > nowMs);
 *       if (keys.some((one) => one.key === key)) return { state, result: null, effect: 'refused', text: 'known' };
 *       const known = { key, forgotten: { deadlineMs: nowMs + 24 * 3_600_000 } };
 *       return { state: { keys: [...keys, known] }, result: null, effect: 'done', text: 'booked' };
 *     }),
 *   },
 * });
 */
export function withTime<Request extends AnyRequest>(at: (nowMs: number) => Request): Request {
  const atStart = ((state: unknown, ...args: unknown[]) => at(0)(state, ...args)) as Request;
  return Object.assign(atStart, { [AT]: at });
}

export function asksForTime(request: AnyRequest): boolean {
  return AT in request;
}

/** The request as it is at this time. */
export function requestAt<Request extends AnyRequest>(request: Request, nowMs: number): Request {
  const at = (request as { [AT]?: (nowMs: number) => Request })[AT];
  return at ? at(nowMs) : request;
}
