import fc from 'fast-check';
import { outsideScope } from '../engine/scope.js';
import type { Json } from '../engine/index.js';
import { CrashwiseError, toPayload } from '../engine/index.js';
import type { Draws, ValueOf } from './draws.js';
import { determinismError } from './errors.js';
import { nameOf, type Feed } from './feed/feed.js';
import { outsideSurroundings } from './surroundings/surroundings.js';

/** What was drawn, by what it was drawn for. */
export type Drawn = ReadonlyMap<string, unknown>;

type Draw = fc.GeneratorValue;

const same = (arbitrary: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> => arbitrary;

/** Draws as fast-check gives them, and keeps them. Throws `plan-unusable`. */
export function drawing(draw: Draw, feed: Feed, into: Map<string, unknown>): Draws {
  const keep = <T>(key: string, value: T): T => {
    into.set(key, value);
    return value;
  };
  return {
    pick: (key, count) => keep(key, count <= 1 ? 0 : draw(fc.nat, { max: count - 1 })),
    value: (key, of) =>
      keep(
        key,
        valueOf(feed, of, (arbitrary) => draw(same, arbitrary)),
      ),
  };
}

/** The same draws again; what was not drawn then is drawn from a seed. Throws `plan-unusable`. */
export function redrawing(drawn: Drawn, feed: Feed): Draws {
  const fresh = (key: string, arbitrary: fc.Arbitrary<unknown>): unknown =>
    fc.sample(arbitrary, { seed: seedOf(key), numRuns: 1 })[0];
  return {
    pick: (key, count) => (drawn.has(key) ? Math.min(drawn.get(key) as number, count - 1) : 0),
    value: (key, of) =>
      drawn.has(key) ? (drawn.get(key) as Json | undefined) : valueOf(feed, of, (arbitrary) => fresh(key, arbitrary)),
  };
}

/** A value as a history can hold it. What the user's plan runs, runs outside of all surroundings. */
function valueOf(feed: Feed, of: ValueOf, draw: (arbitrary: fc.Arbitrary<unknown>) => unknown): Json | undefined {
  const outside = <T>(body: () => T): T => outsideScope(() => outsideSurroundings(() => feed.aside(body)));
  try {
    return outside(() => {
      const source = feed.source(of);
      const value = isArbitrary(source) ? draw(source) : givenBy(source, of);
      if (value instanceof Promise) {
        value.catch(() => {});
        throw new TypeError('it gives a promise: what comes of an activity is given at once');
      }
      return toPayload(value, 'it');
    });
  } catch (error) {
    if (of.isAside) return undefined; // Where it matters, it is thrown again.
    if (CrashwiseError.is(error) && error.code === 'plan-unusable') throw error;
    const isPayload = CrashwiseError.is(error) && error.code === 'not-serializable';
    const why = isPayload ? `gives what no history can hold: ${error.message}` : `threw ${String(error)}.`;
    throw determinismError('plan-unusable', `The source of \`${nameOf(of)}\` ${why}`, { cause: error });
  }
}

function givenBy(source: unknown, of: ValueOf): unknown {
  if (typeof source !== 'function') return source;
  // Of the arguments it gets a copy: they stand in the history.
  const args = of.kind === 'result' ? (JSON.parse(JSON.stringify(of.args)) as unknown[]) : [];
  return (source as (...args: unknown[]) => unknown)(...args);
}

// Of another copy of fast-check it may be.
function isArbitrary(source: unknown): source is fc.Arbitrary<unknown> {
  const { generate, shrink } = (source ?? {}) as Partial<fc.Arbitrary<unknown>>;
  return typeof generate === 'function' && typeof shrink === 'function';
}

function seedOf(key: string): number {
  let seed = 7;
  for (const char of key) seed = (Math.imul(seed, 31) + char.charCodeAt(0)) | 0;
  return seed;
}
