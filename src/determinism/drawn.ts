import fc from 'fast-check';
import type { Json } from '../engine/index.js';
import { toPayload } from '../engine/index.js';
import type { Draws, ValueOf } from './draws.js';
import type { FuzzPlan, ValueSource } from './fuzz-plan.js';

/** What was drawn, by what it was drawn for. */
export type Drawn = ReadonlyMap<string, unknown>;

type Draw = fc.GeneratorValue;

const same = (arbitrary: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> => arbitrary;

/** Draws as fast-check gives them, and keeps them. */
export function drawing(draw: Draw, plan: FuzzPlan, into: Map<string, unknown>): Draws {
  const keep = <T>(key: string, value: T): T => {
    into.set(key, value);
    return value;
  };
  return {
    pick: (key, count) => keep(key, count <= 1 ? 0 : draw(fc.nat, { max: count - 1 })),
    value: (key, of) => {
      const source = sourceOf(plan, of);
      return keep(key, payload(isArbitrary(source) ? draw(same, source) : givenBy(source, of)));
    },
  };
}

/** The same draws again; what was not drawn then is drawn from a seed. */
export function redrawing(drawn: Drawn, plan: FuzzPlan): Draws {
  const fresh = (key: string, arbitrary: fc.Arbitrary<unknown>): unknown =>
    fc.sample(arbitrary, { seed: seedOf(key), numRuns: 1 })[0];
  return {
    pick: (key, count) => (drawn.has(key) ? Math.min(drawn.get(key) as number, count - 1) : 0),
    value: (key, of) => {
      if (drawn.has(key)) return drawn.get(key) as Json | undefined;
      const source = sourceOf(plan, of);
      return payload(isArbitrary(source) ? fresh(key, source) : givenBy(source, of));
    },
  };
}

function sourceOf(plan: FuzzPlan, of: ValueOf): ValueSource | undefined {
  switch (of.kind) {
    case 'input':
      return plan.input;
    case 'result':
      return plan.results?.[of.activity];
    case 'signal':
      return plan.signals?.[of.name];
  }
}

function givenBy(source: unknown, of: ValueOf): unknown {
  if (typeof source !== 'function') return source;
  return (source as (...args: unknown[]) => unknown)(...(of.kind === 'result' ? of.args : []));
}

// Of another copy of fast-check it may be.
function isArbitrary(source: unknown): source is fc.Arbitrary<unknown> {
  const { generate, shrink } = (source ?? {}) as Partial<fc.Arbitrary<unknown>>;
  return typeof generate === 'function' && typeof shrink === 'function';
}

function payload(value: unknown): Json | undefined {
  return toPayload(value, 'a drawn value');
}

function seedOf(key: string): number {
  let seed = 7;
  for (const char of key) seed = (Math.imul(seed, 31) + char.charCodeAt(0)) | 0;
  return seed;
}
