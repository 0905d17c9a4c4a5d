import { syncBuiltinESMExports } from 'node:module';
import { RULES, type GuardedCall, type Rule } from './guard-list.js';
import { callSite } from './location.js';
import { currentScope } from './scope.js';

/** Every call that the guard knows: the source of the table in docs/guides/guard.md and of the tests. */
export const GUARDED_CALLS: readonly GuardedCall[] = RULES;

type Callable = (this: unknown, ...args: unknown[]) => unknown;
type Case = Pick<Rule, 'call'> & Partial<Rule>;

const LIVE = Symbol('live');
const wrapped = new WeakMap<Callable, { wrapper: Callable; cases: Case[] }>();
const isCallable = (value: unknown): value is Callable => typeof value === 'function';
let installed = false;

/**
 * Puts the guard over the ambient calls of this process, once. Code outside a workflow notices nothing. In workflow
 * code a call gets its recorded value or is refused (`guarded`), or is noted and goes through (`traced`).
 */
export function installGuard(): void {
  if (installed) return;
  installed = true;
  for (const rule of RULES) {
    for (const object of objectsAt(rule.holder)) {
      const names = rule.name === '*' ? Object.getOwnPropertyNames(object) : [rule.name];
      for (const name of names) patch(object, name, { ...rule, call: rule.call.replace('*', `${name}()`) });
    }
  }
  let env = guardedEnvironment(process.env);
  const set = (live: object): void => void (env = guardedEnvironment(live));
  Reflect.defineProperty(process, 'env', { get: () => env, set });
  // So that `import { readFileSync } from 'node:fs'` sees the guarded function too.
  syncBuiltinESMExports();
}

export const isGuardInstalled = (): boolean => installed;

/** The recorded value, or LIVE where the real call has to answer. */
function consult(cases: readonly Case[], args: readonly unknown[] = [], isNew = false): unknown {
  const scope = currentScope();
  const hit = scope && cases.find(({ when }) => when === undefined || when(args, isNew));
  if (scope === undefined || hit === undefined) return LIVE;
  if (scope.guard === 'guarded' && hit.recorded !== undefined) return hit.recorded(scope);
  const { location, byNode } = callSite();
  if (!byNode && scope.guard === 'guarded') scope.refuse({ call: hit.call, location });
  else if (!byNode) scope.note({ call: hit.call, location });
  return LIVE;
}

function patch(object: object, name: string, one: Case): void {
  let holder: object | null = object;
  while (holder !== null && !Object.hasOwn(holder, name)) holder = Reflect.getPrototypeOf(holder);
  if (holder === null) return;
  const { get, set, ...data } = Reflect.getOwnPropertyDescriptor(holder, name)!;
  const guarded = function (this: unknown): unknown {
    const live: unknown = get === undefined ? data.value : Reflect.apply(get, this, []);
    if (!isCallable(live)) consult([one]);
    // A getter that loads a function puts it in its own place.
    else if (get) Reflect.defineProperty(holder, name, { value: wrap(live, one), writable: true });
    return isCallable(live) ? wrap(live, one) : live;
  };
  const put = data.writable === true ? (value: unknown) => void (data.value = value) : set;
  // This one keeps its guard when it is replaced, as Vitest puts back the process.nextTick of before.
  const asValue = isCallable(data.value) && name !== 'nextTick';
  if (asValue) Reflect.defineProperty(holder, name, { ...data, value: wrap(data.value as Callable, one) });
  else if (one.name !== '*') Reflect.defineProperty(holder, name, { get: guarded, ...(put && { set: put }) });
}

function wrap(original: Callable, one: Case): Callable {
  // Under the same name again it is the same: timers.setTimeout stays the global one.
  const known = wrapped.get(original);
  if (known?.wrapper === original && !known.cases.includes(one)) known.cases.push(one);
  if (known?.wrapper === original || known?.cases[0]?.call === one.call) return known.wrapper;
  const cases = [one];
  const wrapper = function (this: unknown, ...args: unknown[]): unknown {
    const answer = consult(cases, args, new.target !== undefined);
    if (new.target) return Reflect.construct(original, answer === LIVE ? args : [answer], new.target) as unknown;
    return answer === LIVE ? Reflect.apply(original, this, args) : answer;
  };
  // Before the properties, as a promisified function has itself as one.
  for (const key of [original, wrapper]) wrapped.set(key, { wrapper, cases });
  for (const key of Reflect.ownKeys(original)) {
    const property = Reflect.getOwnPropertyDescriptor(original, key)!;
    // Under a symbol lies another way to the same call: util.promisify.custom, Symbol.toPrimitive.
    if (typeof key === 'symbol' && isCallable(property.value)) property.value = wrap(property.value, one);
    Reflect.defineProperty(wrapper, key, property);
  }
  Reflect.setPrototypeOf(wrapper, Reflect.getPrototypeOf(original));
  // Otherwise `new date.constructor()` would be a way around.
  const { prototype } = original as { prototype?: object };
  if (prototype?.constructor === original) prototype.constructor = wrapper;
  return wrapper;
}

function guardedEnvironment(live: object): object {
  const traps = Object.getOwnPropertyNames(Reflect).map((name) => {
    // The receiver of a set is left out: process.env refuses what setting through a proxy would define.
    const trap = (env: object, key?: unknown, value?: unknown): unknown => {
      consult([{ call: `process.env.${String(key ?? '*')}` }]);
      return Reflect.apply(Reflect.get(Reflect, name) as Callable, Reflect, [env, key, value]);
    };
    return [name, trap];
  });
  return new Proxy(live, Object.fromEntries(traps) as ProxyHandler<object>);
}

/** The objects at a path that starts at a global or at a module of Node, or, as with crypto, at both. */
function objectsAt(path: string): object[] {
  const [root = '', ...rest] = path.replace(/^(new|globalThis)$/, 'timers').split('.');
  const fromGlobal: unknown = root === 'timers' ? globalThis : Reflect.get(globalThis, root);
  return [...new Set([fromGlobal, process.getBuiltinModule(root)])]
    .map((start) => rest.reduce((object, name) => (object as Record<string, unknown> | undefined)?.[name], start))
    .filter((found): found is object => found !== undefined);
}
