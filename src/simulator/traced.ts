import { installGuard } from '../engine/guard.js';
import type { AmbientCall } from '../engine/index.js';
import { tracers } from '../engine/scope.js';

/** The same answer for as long as a process lives: it makes no difference between two lives. */
const CONSTANT =
  /^(?:process\.(?:env|cwd|chdir|pid|nextTick)|Date\.prototype|Intl|String|Number|BigInt|Array|navigator|new (?:Date\(year|WeakRef|FinalizationRegistry))/;

let running = 0;

/**
 * Runs a life, and notes the ambient calls that the code of the scenario makes in it: clocks, random values, timers, files,
 * the network. Each once, in the order in which they are made. Workflow code makes none, as the guard has an eye on it.
 */
export async function traced<T>(
  life: () => Promise<T>,
): Promise<{ readonly value: T; readonly calls: readonly AmbientCall[] }> {
  installGuard();
  const calls = new Map<string, AmbientCall>();
  const note = (one: AmbientCall): void => {
    const isMeant = one.location !== '' && !CONSTANT.test(one.call);
    if (isMeant && !calls.has(`${one.call} ${one.location}`)) calls.set(`${one.call} ${one.location}`, one);
  };
  running += 1;
  try {
    const value = await detached(() => tracers.run({ guard: 'traced', note }, life));
    return { value, calls: [...calls.values()] };
  } finally {
    running -= 1;
    if (running === 0) tracers.disable();
  }
}

// On a stack of its own: else whoever awaits the simulation would stand below each call of ours. V8 looks through a promise
// that settles another one, and not through a function that does.
function detached<T>(work: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    setImmediate(
      () =>
        void work().then(
          (value) => resolve(value),
          (error: Error) => reject(error),
        ),
    );
  });
}
