/** A bug for a copy of the engine: `find` is exact text that the file holds once. */
export interface PlantedBug {
  readonly name: string;
  /** Under `src/engine`. */
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

/** Each is to be found by the property tests, so that they are known to have teeth. See scripts/planted-bugs.mjs. */
export const PLANTED: readonly PlantedBug[] = [
  {
    name: 'a signal without a handler is dropped',
    file: 'signals.ts',
    find: 'else this.#buffered.push(event);',
    replace: '',
  },
  {
    name: 'a signal is handed over, and kept for the next handler',
    file: 'signals.ts',
    find: 'else this.#buffered.push(event);',
    replace: 'this.#buffered.push(event);',
  },
  {
    name: 'a signal is taken from those that wait only after its handler has run',
    file: 'signals.ts',
    find: 'const [signal] = this.#buffered.splice(index, 1);',
    replace: `const signal = this.#buffered[index];
      this.#handle(handler, signal.args);
      this.#buffered.splice(this.#buffered.indexOf(signal), 1);
      continue;`,
  },
  {
    name: 'events of one decision are delivered in order of seq',
    file: 'run.ts',
    find: 'for (const event of events) {',
    replace:
      "const seq = (one) => ('seq' in one ? one.seq : 0);\n for (const event of events.toSorted((a, b) => seq(a) - seq(b))) {",
  },
  {
    name: 'events of one decision are delivered all at once',
    file: 'run.ts',
    find: 'await drained();\n        while',
    replace: 'if (event === events.at(-1)) await drained();\n        while',
  },
  {
    name: 'conditions are asked only at the end of a decision',
    file: 'run.ts',
    find: 'while (this.#live && this.#resumeOneCondition())',
    replace: 'while (event === events.at(-1) && this.#live && this.#resumeOneCondition())',
  },
  {
    name: 'one condition only goes on after an event',
    file: 'run.ts',
    find: 'while (this.#live && this.#resumeOneCondition())',
    replace: 'if (this.#live && this.#resumeOneCondition())',
  },
  {
    name: 'a condition that is met leaves its timer running',
    file: 'run.ts',
    find: 'if (timer) this.#cancelTimer(timer.seq);',
    replace: '',
  },
  {
    name: 'random numbers go on where the last replay stopped',
    file: 'run.ts',
    find: 'this.#random = seededRandom(started.seed);',
    replace: 'this.#random = globalThis.plantedRandom ??= seededRandom(started.seed);',
  },
  {
    name: 'now() reads the clock',
    file: 'run.ts',
    find: 'return this.#now;',
    replace: 'return Date.now();',
  },
  {
    name: 'now() is the time of the first event of the decision',
    file: 'run.ts',
    find: 'this.#now = event.at;',
    replace: 'this.#now = events[0].at;',
  },
  {
    name: 'a result is handed over without a copy',
    file: 'run.ts',
    find: 'resolve(copyJson(event.result))',
    replace: 'resolve(event.result)',
  },
  {
    name: 'the failure of an activity arrives as a result',
    file: 'run.ts',
    find: 'operation?.reject?.(new ActivityFailure(name, copyJson(event.failure)))',
    replace: 'operation?.resolve(new ActivityFailure(name, event.failure))',
  },
  {
    name: 'a failure that nobody waits for goes to the process',
    file: 'run.ts',
    find: 'promise.catch(() => {});',
    replace: '',
  },
  {
    name: 'the old way past a patch is forgotten',
    file: 'run.ts',
    find: 'this.#patches.set(id, present);',
    replace: 'if (present) this.#patches.set(id, present);',
  },
  {
    name: 'arguments are not compared on replay',
    file: 'comparison.ts',
    find: 'options: null, durationMs: null',
    replace: 'args: null, options: null, durationMs: null',
  },
  {
    name: 'a recorded command that the code no longer asks for is overlooked',
    file: 'run.ts',
    find: 'if (missing) this.latch(missing);',
    replace: 'if (missing) return;',
  },
  {
    name: 'a timer fires twice',
    file: 'progress.ts',
    find: 'timers.delete(event.seq);',
    replace: '',
  },
  {
    name: 'a cancelled timer fires',
    file: 'progress.ts',
    find: 'timers.delete(command.seq);',
    replace: 'continue;',
  },
  {
    name: 'failed attempts are not counted',
    file: 'progress.ts',
    find: 'attempt: event.attempt + 1',
    replace: 'attempt: 1',
  },
  {
    name: 'a retry does not wait',
    file: 'progress.ts',
    find: 'notBefore: event.retryAt',
    replace: 'notBefore: 0',
  },
  {
    name: 'the idempotency key changes with the attempt',
    file: 'activity.ts',
    find: '`${executionId}/${command.seq}`',
    replace: '`${executionId}/${command.seq}/${attempt}`',
  },
  {
    name: 'a commit is split in two',
    file: 'session.ts',
    find: 'const committed = await persist(',
    replace: `if (events.length > 1) {
          const head = events.splice(0, events.length - 1);
          const rest = { status: 'running' as const, problem: null, wakeAt: 0, release: false };
          const first = { expectedLength: length, events: head, ...rest };
          if (await store.commit(lease, first)) {
            length += head.length;
            Object.assign(next, { expectedLength: length });
          }
        }
        const committed = await persist(`,
  },
  {
    name: 'an activity begins before its command is recorded',
    file: 'session.ts',
    find: 'const release = blocked !== undefined',
    replace: 'start.forEach(begin);\n      start.length = 0;\n      const release = blocked !== undefined',
  },
  {
    name: 'a conflict is overlooked',
    file: 'session.ts',
    find: 'if (!committed) {',
    replace: 'if (false) {',
  },
  {
    name: 'a signal does not make its execution due',
    file: 'store/row.ts',
    find: 'return { ...row, length: row.length + 1, wakeAt: 0 };',
    replace: 'return { ...row, length: row.length + 1 };',
  },
  {
    name: 'an execution whose worker dies is not due',
    file: 'store/row.ts',
    find: 'status, problem, wakeAt, claims, ...lease };',
    replace: 'status, problem, wakeAt: release ? wakeAt : null, claims, ...lease };',
  },
];
