import { isGuardInstalled } from '../../engine/guard.js';
import { currentScope } from '../../engine/scope.js';
import { surroundingsHere, type Surroundings } from './surroundings.js';

export type Callable = (this: unknown, ...args: unknown[]) => unknown;

/** What is answered in place of the real call; LIVE: let the real one answer, with these arguments. */
export type Answer = (here: Surroundings, args: unknown[], self: unknown) => unknown;

/** Lets the real call answer. */
export const LIVE = Symbol('live');

// Else it lies over the stand-ins, and has answered before them where it does.
let isGuardBelow = false;

/** The surroundings that answer here. Where the guard is set to record or refuse, it comes first. */
export function answering(): Surroundings | undefined {
  const here = surroundingsHere();
  return here && !(isGuardBelow && currentScope()?.guard === 'guarded') ? here : undefined;
}

/** All that was put in place, for code that is to see it without what was put over it later. */
const placed: { readonly holder: object; readonly name: string; readonly property: PropertyDescriptor }[] = [];

export function place(holder: object, name: string, property: PropertyDescriptor): void {
  if (placed.length === 0) isGuardBelow = isGuardInstalled();
  Reflect.defineProperty(holder, name, property);
  placed.push({ holder, name, property });
}

/**
 * Runs code that sees the stand-ins themselves, and not the guard over them: in a process of the user's, modules are
 * evaluated before the guard is there, and may keep references that it never sees.
 */
export async function beforeTheGuard<T>(body: () => Promise<T>): Promise<T> {
  const over = placed.map(({ holder, name }) => Reflect.getOwnPropertyDescriptor(holder, name)!);
  for (const { holder, name, property } of placed) Reflect.defineProperty(holder, name, property);
  try {
    return await body();
  } finally {
    placed.forEach(({ holder, name }, index) => Reflect.defineProperty(holder, name, over[index]!));
  }
}

/** Puts an answer in the place of a function, for code that runs in surroundings; everybody else notices nothing. */
export function standIn(object: object | undefined, name: string, answer: Answer): void {
  const holder = object && holderOf(object, name);
  if (!holder) return;
  const property = Reflect.getOwnPropertyDescriptor(holder, name)!;
  const original: unknown = property.value ?? Reflect.get(holder, name);
  if (typeof original !== 'function') return;
  const value = replacement(original as Callable, answer);
  place(holder, name, { value, writable: true, configurable: true, enumerable: property.enumerable! });
}

/** The same for a value that is no function. */
export function standInValue(object: object | undefined, name: string, answer: (here: Surroundings) => unknown): void {
  const holder = object && holderOf(object, name);
  if (!holder) return;
  const { value, get, enumerable } = Reflect.getOwnPropertyDescriptor(holder, name)!;
  let live: unknown = value;
  place(holder, name, {
    get(this: unknown): unknown {
      const here = answering();
      return here ? answer(here) : get ? Reflect.apply(get, this, []) : live;
    },
    set(other: unknown) {
      live = other;
    },
    enumerable: enumerable!,
    configurable: true,
  });
}

function replacement(original: Callable, answer: Answer): Callable {
  const stand = function (this: unknown, ...args: unknown[]): unknown {
    const here = answering();
    const given = here ? answer(here, args, this) : LIVE;
    if (given !== LIVE) return given;
    return new.target
      ? (Reflect.construct(original, args, new.target) as unknown)
      : (Reflect.apply(original, this, args) as unknown);
  };
  for (const key of Reflect.ownKeys(original)) {
    Reflect.defineProperty(stand, key, Reflect.getOwnPropertyDescriptor(original, key)!);
  }
  const { prototype } = original as { prototype?: object };
  if (prototype?.constructor === original) prototype.constructor = stand;
  return stand;
}

function holderOf(object: object, name: string): object | undefined {
  let holder: object | null = object;
  while (holder !== null && !Object.hasOwn(holder, name)) holder = Reflect.getPrototypeOf(holder);
  return holder ?? undefined;
}
