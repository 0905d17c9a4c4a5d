import type { StoryStep } from '../../results/index.js';

/** The store of the engine: its calls are named after what is recorded, not after who is asked. */
const STORE = 'store';
/** Calls that go to nobody's store. */
const OTHERS: Readonly<Record<string, string>> = { answer: 'client' };

/**
 * Who is called at a site: what stands before the first dot of its name, which ends at the first colon:
 * `cards.charge` is `cards`, `queue.add:mail` is `queue`; a name without a dot, `record:mail` or `claim`, is the store.
 */
export function laneOf(site: string): string {
  const [name = ''] = site.split(':');
  const dot = name.indexOf('.');
  return dot > 0 ? name.slice(0, dot) : (OTHERS[name] ?? STORE);
}

/** All who are called in a story: what belongs to the flow first, then the systems outside, each as they first appear. */
export function lanesOf(story: readonly StoryStep[], outside: readonly string[]): string[] {
  const called = new Set(story.filter(({ kind }) => kind === 'step').map(({ site }) => laneOf(site)));
  return [...called].sort((one, two) => Number(outside.includes(one)) - Number(outside.includes(two)));
}
