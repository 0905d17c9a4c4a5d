import { dirname, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { outsideScope } from './scope.js';

// The package's own sources: engine and simulator alike only carry out what the user's line asks for.
const OWN = dirname(dirname(fileURLToPath(import.meta.url))) + sep;
// The tests lie next to it and stand in for user code.
const TEST = /\.test\.[jt]s:\d+:\d+$/;
// A query after the file name is dropped: loaders put one there to get a fresh module.
const FRAME = /^ +at (?:.*? \()?(?:async )?(\S.*?)(?:\?[^:\n]*)?(:\d+:\d+)\)?$/gm;
// Node frames that only pass a call of the caller's on: promisify(), path.resolve() for its cwd, AsyncLocalStorage.run(),
// and whatever calls a function that it was given, as a promise does with `then(process.cwd)`.
const GO_BETWEEN =
  /^node:(?:internal\/util|path|async_hooks|internal\/async_local_storage\/\w+|internal\/process\/task_queues|internal\/timers|timers|assert|vm|internal\/vm):/;

/** Where a call came from, and whether Node made it on its own account (`console.log` reading NO_COLOR, say). */
export function callSite(): { readonly location: string; readonly byNode: boolean } {
  const frames = [...ownStack().matchAll(FRAME)]
    .map(([, file = '', position]) => (file.startsWith('file://') ? fileURLToPath(file) : file) + position)
    .filter((frame) => !/<anonymous>/.test(frame) && !GO_BETWEEN.test(frame))
    .filter((frame) => !frame.startsWith(OWN) || TEST.test(frame));
  // A library's line helps less than the line that called the library.
  const files = frames.filter((frame) => !frame.startsWith('node:'));
  const location = files.find((file) => !file.includes(`${sep}node_modules${sep}`)) ?? files[0] ?? '';
  return { location, byNode: frames[0] !== undefined && frames[0] !== files[0] };
}

/** `file:line:column` of the innermost frame that is the user's, or '' where the stack names none. */
export function userLocation(): string {
  return callSite().location;
}

// Outside the scope, because a prepareStackTrace hook that maps sources may read files.
function ownStack(): string {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 200;
  try {
    return outsideScope(() => String(new Error('here').stack));
  } finally {
    Error.stackTraceLimit = limit;
  }
}
