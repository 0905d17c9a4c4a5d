import { parentPort, workerData } from 'node:worker_threads';
import { writeDirectly } from './direct-output.js';
import { sentError } from './sent-error.js';
import { ABORT, type AsideTask, type FromAside } from './messages.js';
import { TASKS, type AsideTools } from './tasks.js';

// The thread beside. It has done its work when it posts `done` or `failed`; the main thread ends it then.

const TURN_MS = 50;
const SHOW_MS = 200;

const { name, input, turns } = workerData as AsideTask;
const port = parentPort!;
const post = (message: FromAside): void => port.postMessage(message);
const counter = new Int32Array(turns);
setInterval(() => Atomics.add(counter, 0, 1), TURN_MS).unref();

writeDirectly(process.stdout, 1);
writeDirectly(process.stderr, 2);

const stop = new AbortController();
port.on('message', (message) => {
  if (message === ABORT) stop.abort();
});
// Waiting for an interruption is no work: a module that awaits for ever is to be noticed.
port.unref();

let standing: string | (() => string) = '';
setInterval(tell, SHOW_MS).unref();
function tell(): void {
  if (standing === '') return;
  post({ kind: 'standing', text: typeof standing === 'string' ? standing : standing() });
}

const failed = (error: unknown): void => post({ kind: 'failed', error: sentError(error) });
// What user code throws beside every promise.
process.once('uncaughtException', (error) => failed(error));
// Who loads a module listens, too, and goes on with an error of its own.
process.on('beforeExit', () => {
  if (process.listenerCount('beforeExit') === 1) post({ kind: 'stalled' });
});

const tools: AsideTools = {
  signal: stop.signal,
  show: (text) => void (standing = text),
  part: (value) => post({ kind: 'part', value }),
};
try {
  const task = (await TASKS[name as keyof typeof TASKS]()) as (input: unknown, tools: AsideTools) => Promise<unknown>;
  post({ kind: 'done', value: await task(input, tools) });
} catch (error) {
  failed(error);
}
