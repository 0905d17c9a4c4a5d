import { setTimeout as sleep } from 'node:timers/promises';
import { getHeapStatistics } from 'node:v8';
import { SHARE_ENV, Worker } from 'node:worker_threads';
import { cliError } from '../errors.js';
import type { Output } from '../output.js';
import { progressLine } from '../progress-line.js';
import { ABORT, type AsideTask, type FromAside } from './messages.js';
import { receivedError } from './sent-error.js';
import type { ResultOf, Tasks } from './tasks.js';
import { STUCK_MS, watchForStuck } from './watch-for-stuck.js';

export interface AsideOptions {
  readonly output: Output;
  readonly signal?: AbortSignal;
  /** Hears of what the task hands on before it is done. */
  readonly onPart?: (value: unknown) => void;
  /** Whether the task may set variables of the whole process, as the time zone is one. */
  readonly sharesEnv?: boolean;
}
const TELL_MS = 100;
const MOST_TELLS = 50;

/**
 * Runs a task in a thread beside, with a line of progress, so that nothing that code of the user's does can keep the
 * command from ending: a loop that lets nothing else run for ten seconds (`code-stuck`; under a debugger, which stops
 * code for as long as one likes, nobody watches), an ended process (`code-threw`), a memory that is full (`memory-full`).
 * When the signal is aborted the task is asked to end.
 */
export function runAside<N extends keyof Tasks>(
  name: N,
  input: Parameters<Tasks[N]>[0],
  { output, signal, onPart, sharesEnv }: AsideOptions,
): Promise<ResultOf<N>> {
  const turns = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  const workerData: AsideTask = { name, input, turns };
  const thread = new Worker(new URL('./thread.js', import.meta.url), {
    workerData,
    env: sharesEnv ? SHARE_ENV : process.env,
  });
  const progress = progressLine(output);
  const abort = (): void => {
    progress.clear();
    thread.postMessage(ABORT);
  };
  signal?.addEventListener('abort', abort);
  let stopWatching = (): void => {};
  const ended = new Promise<ResultOf<N>>((resolve, reject) => {
    thread.on('message', (message: FromAside) => {
      if (message.kind === 'part') onPart?.(message.value);
      else if (message.kind === 'done') resolve(message.value as ResultOf<N>);
      else if (message.kind === 'failed') reject(receivedError(message.error));
      else if (message.kind === 'stalled') reject(cliError('code-threw', 'It awaits something that never comes.'));
      else if (!signal?.aborted) progress.show(message.text);
    });
    thread.once('exit', (code) => reject(cliError('code-threw', `process.exit(${code}) was called.`)));
    thread.once('error', (error) => reject(isMemoryFull(error) ? memoryFull() : error));
    stopWatching = watchForStuck(turns, (line) => reject(stuck(line)));
  });
  return ended.finally(async () => {
    stopWatching();
    signal?.removeEventListener('abort', abort);
    progress.clear();
    await terminated(thread);
  });
}

function isMemoryFull(error: NodeJS.ErrnoException): boolean {
  return error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}

function memoryFull() {
  const limitMb = Math.floor(getHeapStatistics().heap_size_limit / 2 ** 20);
  return cliError('memory-full', `More than the ${limitMb} MB that Node allows were needed.`);
}

function stuck(line: string) {
  return cliError('code-stuck', `${line} lets nothing else run: a loop there goes on for ${STUCK_MS / 1_000} s.`);
}

/**
 * Ends a thread, however busy it is. A thread that goes from one microtask to the next may be told while none of its code
 * runs, and not notice: so it is told again.
 */
async function terminated(thread: Worker): Promise<void> {
  thread.setMaxListeners(0);
  for (let n = 0; n < MOST_TELLS; n += 1) {
    const isOver = thread.terminate().then(() => true);
    if (await Promise.race([isOver, sleep(TELL_MS, false, { ref: false })])) return;
  }
}
