import { isDeepStrictEqual } from 'node:util';
import type { AskedRequest } from '../asked.js';
import type { MergedPair } from '../explore/graph.js';
import type { Service } from '../service.js';
import type { DurableState } from '../state.js';
import { requestAt } from '../with-time.js';
import type { World } from '../world.js';

// oxlint-disable-next-line typescript/no-explicit-any -- any service, whatever its state
type AnyService = Service<any, any>;

/** How often a request is repeated from a state that was merged with another. */
const REPEATS = 100;
/** Merged states of a service from which that is tried. */
const MAX_STATES = 100;

/**
 * Services whose views cut off what matters after all, in words. The check of the projections runs merged states for one
 * life, and a count that matters from the fifth time on is not reached in it. So from each state of a service that was
 * merged, each request is repeated: for as long as the view stays the same, the answers, the goal and the invariants have
 * to. Nothing of the process is run: services are pure.
 */
export function unsoundSaturations(world: World, merged: readonly MergedPair[]): readonly string[] {
  return Object.entries(world.scenario.services).flatMap(([name, service]) => {
    const requests = world.asked.of(name);
    for (const state of mergedStates(name, merged)) {
      for (const request of requests) {
        const found = service.view && turnAfter(world, { name, service, requests }, state, request);
        if (found !== undefined) return [found];
      }
    }
    return [];
  });
}

function mergedStates(name: string, merged: readonly MergedPair[]): readonly DurableState[] {
  const part = (state: DurableState): unknown => state.parts[`service ${name}`];
  const states = new Map<unknown, DurableState>();
  for (const { kept, merged: other } of merged) {
    if (isDeepStrictEqual(part(kept), part(other))) continue;
    for (const state of [kept, other]) if (states.size < MAX_STATES) states.set(part(state), state);
  }
  return [...states.values()];
}

/** After how many repetitions something turns, though the view does not. */
function turnAfter(
  world: World,
  { name, service, requests }: { name: string; service: AnyService; requests: readonly AskedRequest[] },
  state: DurableState,
  repeated: AskedRequest,
): string | undefined {
  const judged = (part: unknown): unknown => {
    const outside = { ...world.services(state), [name]: part };
    const { goal, invariants = [] } = world.scenario;
    return [goal.reached(outside), ...invariants.map(({ holds }) => holds(outside))];
  };
  let part = state.parts[`service ${name}`];
  for (let times = 1; times <= REPEATS; times += 1) {
    const next = answerOf(service, part, repeated, state.now)?.state ?? part;
    if (isDeepStrictEqual(next, part)) return undefined;
    if (isDeepStrictEqual(service.view!(next), service.view!(part))) {
      const turns = (what: string): string =>
        `${name}: after ${times} more of ${name}.${repeated.request}, ${what}, and its view leaves that out`;
      const other = requests.find(
        (request) =>
          !isDeepStrictEqual(shown(service, part, request, state.now), shown(service, next, request, state.now)),
      );
      if (other) return turns(`${name}.${other.request} is answered otherwise`);
      if (!isDeepStrictEqual(judged(part), judged(next))) return turns('the goal or an invariant holds otherwise');
    }
    part = next;
  }
  return undefined;
}

/** What anybody can see of an answer. */
function shown(service: AnyService, part: unknown, request: AskedRequest, nowMs: number): unknown {
  const answer = answerOf(service, part, request, nowMs);
  return answer && [answer.result, answer.effect, service.view!(answer.state)];
}

function answerOf(service: AnyService, part: unknown, { request, args }: AskedRequest, nowMs: number) {
  try {
    return requestAt(service.requests[request]!, nowMs)(part, ...args);
  } catch {
    return undefined; // A service that throws ends the search where it happens; here it is one more answer.
  }
}
