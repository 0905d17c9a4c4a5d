import { Session } from 'node:inspector/promises';
import type { Debugger, Profiler } from 'node:inspector';

interface Events {
  'Debugger.scriptParsed': Debugger.ScriptParsedEventDataType;
  'Debugger.paused': Debugger.PausedEventDataType;
}

interface Results {
  'Debugger.enable': unknown;
  'Debugger.pause': unknown;
  'Debugger.disable': unknown;
  'Profiler.enable': unknown;
  'Profiler.start': unknown;
  'Profiler.stop': Profiler.StopReturnType;
}

/** The inspector of the one thread beside, whose messages go through that of the main one. */
export interface ThreadInspector {
  ask<M extends keyof Results>(method: M): Promise<Results[M]>;
  on<E extends keyof Events>(event: E, listener: (params: Events[E]) => void): void;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
}

/** Whoever gives up waiting aborts, so that no session is left behind: with two of them, neither hears of the thread. */
export async function inspectThread(gaveUp: AbortSignal): Promise<ThreadInspector> {
  const main = new Session();
  main.connect();
  gaveUp.addEventListener('abort', () => main.disconnect());
  const attached = new Promise<string>((resolve) => {
    main.once('NodeWorker.attachedToWorker', ({ params }) => resolve(params.sessionId));
  });
  await main.post('NodeWorker.enable', { waitForDebuggerOnStart: false });
  const sessionId = await attached;
  const listeners = new Map<number | string, (what: never) => void>();
  main.on('NodeWorker.receivedMessageFromWorker', ({ params }) => {
    const { id, method, params: given, result } = JSON.parse(params.message) as Message;
    listeners.get(id ?? method ?? '')?.((id === undefined ? given : result) as never);
  });
  let asked = 0;
  return {
    async ask(method) {
      const id = (asked += 1);
      const answer = new Promise<Results[typeof method]>((resolve) => void listeners.set(id, resolve));
      await main.post('NodeWorker.sendMessageToWorker', { sessionId, message: JSON.stringify({ id, method }) });
      return answer;
    },
    on: (event, listener) => void listeners.set(event, listener),
  };
}
