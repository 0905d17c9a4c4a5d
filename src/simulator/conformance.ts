import { Canon, exactOf, keyOf } from './canonical.js';
import { Episode } from './episode.js';
import type { Life } from './life.js';
import type { Moment } from './moment.js';
import type { Resource } from './state.js';

/** A resource to be tested, and calls to it. */
export interface ResourceUnderTest<Part> {
  /** A fresh one, at the state before anything happened. */
  create(): Resource<Part>;
  /** Calls that change it, by name; each makes one call across a boundary. They are made in this order. */
  readonly calls: Readonly<Record<string, (resource: Resource<Part>, life: Life) => Promise<unknown>>>;
}

type Define = (name: string, body: () => Promise<void>) => void;

/**
 * Holds a resource to the contract of the simulator: `part` is a snapshot that nothing changes any more, assigning it
 * restores, what `view` shows is plain and the same for the same part, and each call happens whole when it lands, and
 * leaves a moment at each phase. Pass the `test` of your runner; a case that fails throws.
 *
 * @example
 * testResource({ create: () => new Shelf(), calls: { put: (shelf, life) => (shelf as Shelf).put('book', life) } }, test);
 */
export function testResource<Part>(given: ResourceUnderTest<Part>, test: Define): void {
  const names = Object.keys(given.calls);

  test('a snapshot stays as it is, whatever happens after it', async () => {
    const resource = given.create();
    for (const name of names) {
      const before = resource.part;
      const text = exact(resource, before);
      await run(resource, given.calls[name]!);
      must(exact(resource, before) === text, `${name} changes the part of before: make a new one instead`);
    }
  });

  test('assigning a snapshot restores: what follows is the same again, in another instance too', async () => {
    const [one, other] = [given.create(), given.create()];
    for (const name of names) {
      const before = one.part;
      await run(one, given.calls[name]!);
      const after = exact(one, one.part);
      one.part = before;
      must(exact(one, one.part) === exact(one, before), 'the part that was assigned is not the part that it has');
      await run(one, given.calls[name]!);
      must(exact(one, one.part) === after, `${name}, made again from the same part, comes to something else`);
      other.part = before;
      await run(other, given.calls[name]!);
      must(
        exact(one, other.part) === after,
        `${name} comes to something else in another instance: it keeps more than its part`,
      );
    }
  });

  test('a part that nothing has changed is the same object', async () => {
    const resource = given.create();
    must(resource.part === resource.part, 'each look at the part makes a new one: every moment would be a new state');
    await run(resource, async () => {});
    const { part } = resource;
    resource.part = part;
    must(resource.part === part, 'a part that was assigned comes back as another one');
  });

  test('the view is plain data, and the same for the same part', async () => {
    const resource = given.create();
    for (const name of ['', ...names]) {
      if (name !== '') await run(resource, given.calls[name]!);
      const forms = [1, 2].map(() => keyOf([new Canon().fragment(resource.view(resource.part))], 0));
      must(forms[0] === forms[1], 'the view of one part differs from look to look');
    }
  });

  test('each call leaves its four phases, and happens whole when it lands', async () => {
    const resource = given.create();
    for (const name of names) {
      const before = exact(resource, resource.part);
      const moments = (await run(resource, given.calls[name]!)).filter(({ site }) => site.name !== 'wait');
      const phases = moments.map(({ phase }) => phase).join(', ');
      must(
        phases === 'before, in-flight, landed, acknowledged',
        `${name} makes other calls than one: ${phases || 'none'}`,
      );
      const texts = moments.map(({ state }) => exact(resource, state.parts['it'] as Part));
      must(texts[0] === before && texts[1] === before, `${name} changes something before it lands`);
      must(
        texts[2] === texts[3] && texts[3] === exact(resource, resource.part),
        `${name} changes something after it has landed`,
      );
    }
  });
}

async function run<Part>(
  resource: Resource<Part>,
  call: (resource: Resource<Part>, life: Life) => Promise<unknown>,
): Promise<readonly Moment[]> {
  const episode = new Episode({
    plan: { choices: [], faults: [] },
    faults: new Set(),
    maxFaults: 0,
    start: { now: 0, spent: 0 },
    surrounding: {
      snapshot: (now, spent) => ({ parts: { it: resource.part }, now, fresh: 0, spent }),
      contents: ({ parts }) => exact(resource, parts['it'] as Part),
      key: ({ parts }) => exact(resource, parts['it'] as Part),
      deadlines: () => [],
      late: () => 0,
      arrive: () => ({ name: 'network', kind: 'other', text: '' }),
    },
  });
  const done = call(resource, episode.newLife());
  done.catch(() => {}); // Awaited below, once everything has landed.
  await episode.run();
  await done;
  return episode.moments;
}

function exact<Part>(resource: Resource<Part>, part: Part): string {
  const canon = new Canon();
  const whole = [resource.view(part), resource.dropped?.(part) ?? null];
  return JSON.stringify([exactOf(whole.map((one) => canon.fragment(one))), whole]);
}

function must(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise);
}
