import { CrashwiseError, type Client, type History } from 'crashwise/engine';
import { note, order, type Plan } from './flow.js';

export interface FeedFigures {
  signals: number;
  /** Signals that came after the end and were refused. */
  refused: number;
}

interface Sending {
  readonly id: string;
  readonly text: string;
  readonly dueAt: number;
}

/** Executions that are open at once, at most: enough to keep all workers busy. */
const MAX_OPEN = 30;

/** Starts the executions, so many after each disturbance, and sends them signals at random moments. */
export class Feed {
  readonly figures: FeedFigures = { signals: 0, refused: 0 };
  readonly #client: Client;
  readonly #random: () => number;
  readonly #executions: number;
  readonly #accepted = new Map<string, string[]>();
  #sendings: Sending[] = [];
  #started = 0;
  #strays = 0;
  #allowed = 10;

  constructor(client: Client, random: () => number, executions: number) {
    this.#client = client;
    this.#random = random;
    this.#executions = executions;
  }

  get done(): boolean {
    return this.#started === this.#executions && this.#sendings.length === 0;
  }

  allow(more: number): void {
    this.#allowed += more;
  }

  async step(): Promise<void> {
    try {
      const open = (await this.#client.list({ status: 'running' })).length;
      const wanted = Math.min(this.#allowed, this.#executions, this.#started + MAX_OPEN - open);
      while (this.#started < wanted) await this.#start(`order-${this.#started}`);
      if (!this.done) this.#stray();
      for (const sending of this.#sendings.filter(({ dueAt }) => dueAt <= Date.now())) {
        await this.#send(sending);
        this.#sendings = this.#sendings.filter((other) => other !== sending);
      }
    } catch (error) {
      // Nothing was written: it is tried again with the next step.
      if (!(CrashwiseError.is(error) && error.code === 'store-busy')) throw error;
    }
  }

  /** Each signal that was accepted must be in the history once, in its words, and no other. */
  judge(histories: ReadonlyMap<string, History>): readonly string[] {
    return [...histories].flatMap(([id, history]) => {
      const recorded = history.flatMap((event) => (event.type === 'signaled' ? [String(event.args[0])] : []));
      const sent = this.#accepted.get(id) ?? [];
      const isSame = recorded.toSorted().join() === sent.toSorted().join();
      return isSame ? [] : [`${id}: signals sent: ${sent.join()}; recorded: ${recorded.join()}`];
    });
  }

  async #start(id: string): Promise<void> {
    const random = this.#random;
    const notes = Math.floor(random() * 4);
    const input: Plan = {
      parcels: 1 + Math.floor(random() * 4),
      sleepMs: Math.floor(random() * 60),
      notes,
      // Some wait longer than all the signals take, some not as long.
      deadlineMs: 30 + Math.floor(random() * 300),
      doomed: random() < 0.2,
    };
    await this.#client.start(order, { id, input, onConflict: 'use-existing' });
    this.#started += 1;
    for (let n = 0; n < notes; n += 1) {
      this.#sendings.push({ id, text: `${id} note ${n}`, dueAt: Date.now() + 2_000 * random() ** 2 });
    }
  }

  /** A signal now and then to any execution, mostly to one that has ended. */
  #stray(): void {
    if (this.#random() > 0.05) return;
    this.#strays += 1;
    const id = `order-${Math.floor(this.#random() * this.#started)}`;
    this.#sendings.push({ id, text: `${id} stray ${this.#strays}`, dueAt: Date.now() });
  }

  async #send({ id, text }: Sending): Promise<void> {
    try {
      await this.#client.signal(id, note, text);
      this.#accepted.set(id, [...(this.#accepted.get(id) ?? []), text]);
      this.figures.signals += 1;
    } catch (error) {
      if (!(CrashwiseError.is(error) && error.code === 'execution-closed')) throw error;
      this.figures.refused += 1;
    }
  }
}
