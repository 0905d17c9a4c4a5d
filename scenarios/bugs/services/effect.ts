import type { Scenario } from 'crashwise/simulator';

type Step = Scenario['steps'][number];

/** A step of a flow, named after its request. All calls mean the same thing, unless `key` tells them apart. */
export function effect(request: string, kind: Step['class'], property: string, key: Step['key'] = () => 'o1'): Step {
  return {
    title: request,
    effect: request,
    class: kind,
    property,
    key,
    text: (...args) => `${request} ${JSON.stringify(args)}`,
    twice: (id) => `${request} was done twice for ${id}.`,
    never: (id) => `${request} was never done for ${id}.`,
  };
}
