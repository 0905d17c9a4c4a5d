import type { Scenario } from 'crashwise/simulator';

type Step = Scenario['steps'][number];

/** A step over a request that says in `id` what it is about, such as the number of an order. */
export function stepOf(effect: string, title: string, property: string, kind: Step['class'] = 'exactly-once'): Step {
  return {
    title,
    effect,
    class: kind,
    property,
    key: ({ id }: { id: string }) => id,
    text: ({ id, key }: { id: string; key?: string }) => `${title} ${id}${key === undefined ? '' : `, key ${key}`}`,
    twice: (id) => `"${title}" happened twice for ${id}.`,
    never: (id) => `"${title}" never happened for ${id}.`,
  };
}
