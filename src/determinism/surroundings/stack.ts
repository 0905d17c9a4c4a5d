import { currentScope, outsideScope } from '../../engine/scope.js';
import { answering } from './stand-in.js';
import { outsideSurroundings, type Surroundings } from './surroundings.js';

type Prepare = (error: Error, frames: NodeJS.CallSite[]) => unknown;

/**
 * Stacks name paths and frames that differ from machine to machine and from run to replay. Here a seed stands for both; the
 * same seed gives the same text.
 */
export function standInStack(): void {
  const before = Error.prepareStackTrace as Prepare | undefined;
  let current = before;
  const prepare: Prepare = (error, frames) => {
    const here = hereInScope();
    if (!here) return current ? current(error, frames) : plain(error, frames);
    const seed = here.read('error stack', 'error stack');
    return `${String(error)}\n    at run (/srv/app-${seed === '' ? '0' : seed}/workflows.js:1:1)`;
  };
  Reflect.defineProperty(Error, 'prepareStackTrace', {
    get: () => (hereInScope() ? prepare : current),
    set(other: Prepare | undefined) {
      current = other;
    },
    configurable: true,
  });
}

// Crashwise itself looks at stacks, too, and leaves the scope for that.
function hereInScope(): Surroundings | undefined {
  return currentScope() ? answering() : undefined;
}

function plain(error: Error, frames: NodeJS.CallSite[]): string {
  return outsideScope(() =>
    outsideSurroundings(() => [String(error), ...frames.map((f) => `    at ${String(f)}`)].join('\n')),
  );
}
