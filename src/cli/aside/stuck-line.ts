import type { Debugger } from 'node:inspector';
import { setTimeout as sleep } from 'node:timers/promises';
import { isUsers } from '../../loader/user-place.js';
import { shownPath } from '../../loader/shown-path.js';
import { busiestLine } from './busiest-line.js';
import { filePath } from './file-path.js';
import { inspectThread, type ThreadInspector } from './inspect-thread.js';

const PROFILE_MS = 300;
const PAUSE_MS = 300;
/** A thread that is short of memory may answer nobody any more. */
const ASK_MS = 5_000;

/**
 * The line of the user's that keeps the thread beside busy, as `file:line`, or '' if it is in none. The thread hears
 * nothing that is sent to it, but the inspector of Node interrupts it. There is one such
 * thread at a time.
 */
export async function stuckLine(): Promise<string> {
  const giveUp = new AbortController();
  try {
    return await Promise.race([seenLine(giveUp.signal), sleep(ASK_MS, '', { ref: false })]);
  } finally {
    giveUp.abort();
  }
}

async function seenLine(gaveUp: AbortSignal): Promise<string> {
  const thread = await inspectThread(gaveUp);
  return (await pausedLine(thread)) || (await profiledLine(thread));
}

/** Where it is when it is stopped: exact, but between two microtasks it is nowhere. */
async function pausedLine(thread: ThreadInspector): Promise<string> {
  const urls = new Map<string, string>();
  thread.on('Debugger.scriptParsed', ({ scriptId, url }) => void urls.set(scriptId, url));
  const paused = new Promise<readonly Debugger.CallFrame[]>((resolve) => {
    thread.on('Debugger.paused', ({ callFrames }) => resolve(callFrames));
  });
  await thread.ask('Debugger.enable');
  await thread.ask('Debugger.pause');
  const frames = await Promise.race([paused, sleep(PAUSE_MS, [])]);
  void thread.ask('Debugger.disable'); // It goes on. Nothing is answered to a thread that was not stopped.
  const places = frames.map(({ location: { scriptId, lineNumber } }) => ({
    file: filePath(urls.get(scriptId) ?? ''),
    lineNumber,
  }));
  const place = places.find(({ file }) => isUsers(file));
  return place ? `${shownPath(place.file)}:${place.lineNumber + 1}` : '';
}

/** Where it is most of the time: V8 counts code that it has inlined as that of the function around. */
async function profiledLine(thread: ThreadInspector): Promise<string> {
  await thread.ask('Profiler.enable');
  await thread.ask('Profiler.start');
  await sleep(PROFILE_MS);
  const { profile } = await thread.ask('Profiler.stop');
  return busiestLine(profile);
}
