import { setTimeout as wait } from 'node:timers/promises';
import { Progress, type Store } from 'crashwise/engine';
import type { WorkerProcess } from './fleet.js';

/** A worker stood still for a while, and others took over what it held. */
export interface Pause {
  readonly worker: string;
  /** When it stood still, and when it was woken. */
  readonly from: number;
  readonly to: number;
  /** Its attempts in flight of which another worker had the lease before it was woken: `key attempt`. */
  readonly lost: ReadonlySet<string>;
}

export interface ChaosFigures {
  kills: number;
  killsInFlight: number;
  pauses: number;
  pausesInFlight: number;
  takenOver: number;
}

export interface ChaosOptions {
  readonly store: Store;
  readonly leaseMs: number;
  readonly random: () => number;
  /** True if a stopped worker keeps all others from writing. */
  readonly isLocked: () => boolean;
  /** Starts a worker process with a new id. */
  readonly spawn: () => WorkerProcess;
}

interface Held {
  readonly id: string;
  readonly token: number;
  readonly attempts: readonly string[];
}

/** Stops, wakes, kills and replaces worker processes. */
export class Chaos {
  readonly figures: ChaosFigures = { kills: 0, killsInFlight: 0, pauses: 0, pausesInFlight: 0, takenOver: 0 };
  readonly pauses: Pause[] = [];
  readonly #options: ChaosOptions;

  constructor(options: ChaosOptions) {
    this.#options = options;
  }

  /** One disturbance of one worker; returns the worker that is there afterwards. */
  async disturb(worker: WorkerProcess): Promise<WorkerProcess> {
    const { random } = this.#options;
    const isKill = random() < 0.4;
    const isAimed = random() < (isKill ? 0.85 : 0.6);
    // The moment is random; the more telling ones are chosen more often than they come.
    if (isAimed) for (let n = 0; n < 60 && (await this.#held(worker)).length === 0; n += 1) await wait(5);
    return isKill ? this.#kill(worker) : this.#pause(worker);
  }

  async #kill(worker: WorkerProcess): Promise<WorkerProcess> {
    const { random, spawn } = this.#options;
    await worker.kill();
    this.figures.kills += 1;
    if ((await this.#held(worker)).length > 0) this.figures.killsInFlight += 1;
    await wait(random() * 200);
    return spawn();
  }

  async #pause(worker: WorkerProcess): Promise<WorkerProcess> {
    const { leaseMs, random, isLocked } = this.#options;
    await worker.stop();
    // Stopped in the middle of a write, it stops the others too, and nobody takes over: some of those are enough.
    for (let n = 0; n < 5 && random() < 0.9 && isLocked(); n += 1) {
      worker.wake();
      await wait(10 + 20 * random());
      await worker.stop();
    }
    const from = Date.now();
    const held = await this.#held(worker);
    this.figures.pauses += 1;
    if (held.length > 0) this.figures.pausesInFlight += 1;
    const [length, patience, neverWakes] = [leaseMs * (1.2 + 2 * random()), random() < 0.6 ? 16 : 0, random() < 0.2];
    await wait(length);
    let lost = await this.#lost(held);
    for (let n = 0; n < patience && held.length > 0 && lost.length === 0; n += 1) {
      await wait(25);
      lost = await this.#lost(held);
    }
    if (neverWakes) return this.#kill(worker);
    this.pauses.push({
      worker: worker.id,
      from,
      to: Date.now(),
      lost: new Set(lost.flatMap(({ attempts }) => attempts)),
    });
    this.figures.takenOver += lost.length;
    worker.wake();
    return worker;
  }

  /** The executions that the worker holds with activities in flight. */
  async #held(worker: WorkerProcess): Promise<readonly Held[]> {
    const { store } = this.#options;
    const running = await store.list({ status: 'running' });
    const held: Held[] = [];
    for (const { id, leaseToken } of running.filter(({ leaseOwner }) => leaseOwner === worker.id)) {
      const open = new Progress(await store.history(id)).activities.filter(({ notBefore }) => notBefore <= Date.now());
      const attempts = open.map(({ command, attempt }) => `${id}/${command.seq} ${attempt}`);
      if (attempts.length > 0) held.push({ id, token: leaseToken, attempts });
    }
    return held;
  }

  /** Those of them that others have claimed since. */
  async #lost(held: readonly Held[]): Promise<readonly Held[]> {
    const now = await Promise.all(held.map(({ id }) => this.#options.store.get(id)));
    return held.filter(({ token }, index) => now[index]?.leaseToken !== token);
  }
}
