import type { HistoryEvent } from './history.js';

export type Handler = (...args: never[]) => unknown;
type Signaled = Extract<HistoryEvent, { type: 'signaled' }>;

/** The signals of one run: those without a handler wait for one, in their order. None is dropped. */
export class Signals {
  readonly #handlers = new Map<string, Handler>();
  readonly #buffered: Signaled[] = [];
  readonly #handle: (handler: Handler, args: Signaled['args']) => void;

  constructor(handle: (handler: Handler, args: Signaled['args']) => void) {
    this.#handle = handle;
  }

  get isListening(): boolean {
    return this.#handlers.size > 0;
  }

  deliver(event: Signaled): void {
    const handler = this.#handlers.get(event.name);
    if (handler) this.#handle(handler, event.args);
    else this.#buffered.push(event);
  }

  setHandler(name: string, handler: Handler): void {
    this.#handlers.set(name, handler);
    // One after the other, each to the handler that is set when its turn comes: a handler may put in another.
    for (;;) {
      const index = this.#buffered.findIndex((signal) => signal.name === name);
      if (index < 0) return;
      const [signal] = this.#buffered.splice(index, 1);
      this.#handle(this.#handlers.get(name)!, signal!.args);
    }
  }
}
