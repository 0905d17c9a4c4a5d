import { installGuard } from '../engine/guard.js';
import { CrashwiseError, type AmbientCall } from '../engine/index.js';
import { runInScope } from '../engine/scope.js';
import type { Trace } from './trace.js';
import type { World } from './world.js';

/** The same answer for as long as a process lives: it makes no difference between two lives. */
const CONSTANT =
  /^(?:process\.(?:env|cwd|chdir|pid|nextTick)|Date\.prototype|Intl|String|Number|BigInt|Array|navigator|new (?:Date\(year|WeakRef|FinalizationRegistry))/;

/**
 * The ambient calls that the scenario's code makes in the first life and in the one that was run last, which are run again
 * for that: clocks, random values, timers, files, the network. Each once, in the order in which they are made.
 */
export async function ambientCalls(
  world: World,
): Promise<{ readonly calls: readonly AmbientCall[]; readonly last: Trace | undefined }> {
  const { latest } = world;
  const calls = new Map<string, AmbientCall>();
  const note = (one: AmbientCall): void => {
    const isMeant = one.location !== '' && !CONSTANT.test(one.call);
    if (isMeant && !calls.has(`${one.call} ${one.location}`)) calls.set(`${one.call} ${one.location}`, one);
  };
  installGuard();
  const first = { state: world.initial, plan: { choices: [], faults: [] } };
  let last: Trace | undefined;
  for (const { state, plan } of [first, ...(latest ? [latest] : [])]) {
    const life = (): Promise<Trace> => world.life(state, plan, { locate: true });
    last = await detached(() => runInScope({ guard: 'traced', note }, life)).catch((error: unknown) => {
      // It is unsteady, and may well do something else now.
      if (CrashwiseError.is(error) && error.code === 'scenario-unsteady') return undefined;
      throw error;
    });
  }
  return { calls: [...calls.values()], last };
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
