import { isSame } from './is-same.js';
import type { LateRequest } from './network.js';
import type { Outside } from './service.js';

/** Late requests that were left out of a search, and why: `effect refused`, `effect none` (it only reads), `effect alike`. */
export type LeftOut = Set<string>;

/**
 * Which late requests need arrive now, by their numbers; those that need not are entered in `leftOut`. One that changes
 * nothing outside might as well never come: whatever can follow it can follow without it, with the same crashes and other
 * faults, and where it would change something later, it can still come then. And of equal requests, it does not matter
 * which.
 */
export function lateThatMatter(outside: Outside, leftOut: LeftOut): readonly number[] {
  const { late } = outside.network.part;
  return [...late.keys()].filter((index) => {
    const here = late[index]!;
    const isAlike = late.findIndex((other) => isSame(other, here)) < index;
    const why = isAlike ? 'alike' : idleEffect(outside, here);
    if (why !== undefined) leftOut.add(`${here.service}.${here.request} ${why}`);
    return why === undefined;
  });
}

function idleEffect({ services, effects, time }: Outside, { service, request, args }: LateRequest) {
  try {
    effects[`${service}.${request}`]?.key(...args);
    return services.get(service)!.idleEffect(request, args, time.now);
  } catch {
    return undefined; // Where it arrives, this ends the search.
  }
}
