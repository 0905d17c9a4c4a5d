import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

const NODE_OPTIONS_OF_TESTS = /^(VITEST|NODE_OPTIONS)/;

/** One worker process. */
export class WorkerProcess {
  readonly id: string;
  /** What it ended with: its exit code, or the signal. */
  readonly ended: Promise<number | string>;
  #alive = true;
  readonly #child: ChildProcess;

  constructor(id: string, args: readonly string[], onDeath: (worker: WorkerProcess, how: number | string) => void) {
    this.id = id;
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !NODE_OPTIONS_OF_TESTS.test(name)));
    this.#child = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'], env });
    this.ended = new Promise((resolve) => {
      this.#child.once('exit', (code, signal) => {
        if (this.#alive) onDeath(this, code ?? signal ?? 'nothing');
        this.#alive = false;
        resolve(code ?? signal ?? 'nothing');
      });
    });
  }

  /** False once it has ended, or was told to. */
  get alive(): boolean {
    return this.#alive;
  }

  /** Resolves once the process stands still, as a machine that swaps or a virtual machine that is moved. */
  async stop(): Promise<void> {
    this.#child.kill('SIGSTOP');
    const state = `/proc/${this.#child.pid}/stat`;
    if (!existsSync('/proc/self/stat')) await wait(50);
    // "pid (name) state ..."; it may be in the middle of a write to the disk, and stops after it.
    while (this.alive && existsSync(state) && !/\) [TZX] /.test(readFileSync(state, 'utf8'))) await wait(1);
  }

  wake(): void {
    this.#child.kill('SIGCONT');
  }

  /** Kills it, stopped or not; resolves when it is gone. */
  async kill(): Promise<void> {
    this.#alive = false;
    this.#child.kill('SIGKILL');
    await this.ended;
  }

  /** Asks it to end in good order, and waits for it `limitMs`: what it ended with. */
  async end(limitMs: number): Promise<number | string> {
    this.#alive = false;
    this.#child.kill('SIGTERM');
    const late = wait(limitMs, 'nothing, so it was killed', { ref: false });
    const how = await Promise.race([this.ended, late]);
    await this.kill();
    return how;
  }
}
