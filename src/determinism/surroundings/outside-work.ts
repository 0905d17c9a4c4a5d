import { AsyncResource } from 'node:async_hooks';
import fs from 'node:fs';
import timers from 'node:timers';
import timersPromises from 'node:timers/promises';
import { currentScope } from '../../engine/scope.js';
import { LIVE, standIn, type Answer } from './stand-in.js';
import { numberOf, type Pending, type Surroundings } from './surroundings.js';

/**
 * What goes on beside the workflow when its code awaits something of its own: real timers and requests. In a run they come
 * between two events, or never; in a replay never, as it takes no time.
 */
export function standInLatency(): void {
  const timer =
    (call: string): Answer =>
    (here, [callback, , ...given]) => {
      here.read('latency', call);
      return wait(here, () => (callback as (...args: unknown[]) => void)(...given));
    };
  for (const holder of [globalThis, timers]) {
    for (const name of ['setTimeout', 'setInterval']) standIn(holder, name, timer(`${name}()`));
    standIn(holder, 'setImmediate', (here, [callback, ...given]) => {
      here.read('latency', 'setImmediate()');
      return wait(here, () => (callback as (...args: unknown[]) => void)(...given));
    });
    for (const name of ['clearTimeout', 'clearInterval', 'clearImmediate']) {
      standIn(holder, name, (here, [pending]) => void here.pending.delete(pending as Pending));
    }
  }
  const later =
    (call: string, value: (args: unknown[]) => unknown): Answer =>
    (here, args) => {
      here.read('latency', call);
      return new Promise((resolve) => void wait(here, () => resolve(value(args))));
    };
  standIn(
    timersPromises,
    'setTimeout',
    later('timers/promises.setTimeout()', ([, value]) => value),
  );
  standIn(
    timersPromises,
    'setImmediate',
    later('timers/promises.setImmediate()', ([value]) => value),
  );
  standIn(
    globalThis,
    'fetch',
    later('fetch()', () => new Response('{}')),
  );
  standIn(AbortSignal, 'timeout', (here) => {
    here.read('latency', 'AbortSignal.timeout()');
    const controller = new AbortController();
    wait(here, () => controller.abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError')));
    return controller.signal;
  });
}

function wait(here: Surroundings, body: () => void): Pending & { unref(): unknown; ref(): unknown } {
  const resource = new AsyncResource('crashwise: a timer of workflow code');
  const pending = {
    fire: () => resource.runInAsyncScope(body),
    unref: () => pending,
    ref: () => pending,
  };
  here.pending.add(pending);
  return pending;
}

/** Files that are there on one machine, and not on another. */
export function standInFiles(): void {
  const missing =
    (name: string): Answer =>
    (here, [path]) => {
      const seed = here.read('file system', `fs.${name}()`);
      if (seed === '' || numberOf(seed) < 0.5) return name === 'existsSync' ? true : fileText(name);
      if (name === 'existsSync') return false;
      const error = new Error(`ENOENT: no such file or directory, open '${String(path)}'`);
      throw Object.assign(error, { code: 'ENOENT', errno: -2, syscall: 'open', path });
    };
  for (const name of ['existsSync', 'readFileSync', 'readdirSync', 'statSync']) standIn(fs, name, missing(name));
}

function fileText(name: string): unknown {
  if (name === 'readdirSync') return ['a'];
  return name === 'statSync' ? { size: 2, mtimeMs: 0, isFile: () => true, isDirectory: () => false } : '{}';
}

/** What a weak reference holds may be gone, or not yet. One that workflow code makes says so where it is made. */
export function standInGarbage(): void {
  const isGone = (seed: string): boolean => seed !== '' && numberOf(seed) >= 0.5;
  const fates = new WeakMap<object, boolean>();
  standIn(WeakRef.prototype, 'deref', (here, _args, self) => {
    const gone = fates.get(self as object) ?? isGone(here.read('garbage collection', 'garbage collection'));
    return gone ? undefined : deref.call(self as WeakRef<object>);
  });
  standIn(globalThis, 'WeakRef', (here, [target]) => {
    if (!currentScope()) return LIVE;
    const made = new Live(target as object);
    fates.set(made, isGone(here.read('garbage collection', 'new WeakRef()')));
    return made;
  });
}

const { deref } = WeakRef.prototype;
const Live = WeakRef;
