import type { LateRequest } from './network.js';
import type { Outside } from './service.js';

/**
 * Which late requests need arrive now, by their numbers. One that changes nothing outside might as well never come:
 * whatever can follow it can follow without it, with the same crashes and other faults. And of equal requests, it does not
 * matter which.
 */
export function lateThatMatter({
  network,
  services,
  time,
}: Pick<Outside, 'network' | 'services' | 'time'>): readonly number[] {
  const { late } = network.part;
  return [...late.keys()].filter((index) => {
    const { service, request, args } = late[index]!;
    const isFirst = late.findIndex((other) => isSame(other, late[index]!)) === index;
    return isFirst && services.get(service)!.wouldChange(request, args, time.now);
  });
}

function isSame(one: LateRequest, other: LateRequest): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
