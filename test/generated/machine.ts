// Async functions without promises: cells that settle once, tasks that are generators, and one queue of jobs. A task
// takes exactly as many turns of the queue as an async function takes microtasks, so that two branches that are awake
// at once take turns here as they do there.

/** What a task can wait for. */
export interface Awaitable<T> {
  on(resolved: (value: T) => void, rejected: (error: unknown) => void): void;
}

export type Task<T> = Generator<Awaitable<unknown>, T, unknown>;

/** First in, first out, until none is left. */
export class Jobs {
  readonly #jobs: (() => void)[] = [];

  add(job: () => void): void {
    this.#jobs.push(job);
  }

  drain(): void {
    for (let job = this.#jobs.shift(); job; job = this.#jobs.shift()) job();
  }
}

type End<T> = { readonly value: T } | { readonly error: unknown };

export class Cell<T> implements Awaitable<T> {
  readonly #jobs: Jobs;
  #end: End<T> | undefined;
  #waiting: ((end: End<T>) => void)[] = [];

  constructor(jobs: Jobs) {
    this.#jobs = jobs;
  }

  resolve(value: T): void {
    this.#settle({ value });
  }

  reject(error: unknown): void {
    this.#settle({ error });
  }

  on(resolved: (value: T) => void, rejected: (error: unknown) => void): void {
    const react = (end: End<T>): void => ('error' in end ? rejected(end.error) : resolved(end.value));
    const end = this.#end;
    if (end) this.#jobs.add(() => react(end));
    else this.#waiting.push(react);
  }

  #settle(end: End<T>): void {
    if (this.#end) return;
    this.#end = end;
    for (const react of this.#waiting) this.#jobs.add(() => react(end));
    this.#waiting = [];
  }
}

export function* wait<T>(cell: Awaitable<T>): Task<T> {
  return (yield cell) as T;
}

/** Runs the task up to its first wait, and on from there as its cells settle. */
export function spawn<T>(jobs: Jobs, task: Task<T>): Cell<T> {
  const done = new Cell<T>(jobs);
  const step = (resume: () => IteratorResult<Awaitable<unknown>, T>): void => {
    let next: IteratorResult<Awaitable<unknown>, T>;
    try {
      next = resume();
    } catch (error) {
      return done.reject(error);
    }
    if (next.done) return done.resolve(next.value);
    return next.value.on(
      (value) => step(() => task.next(value)),
      (error) => step(() => task.throw(error)),
    );
  };
  step(() => task.next());
  return done;
}

export function all<T>(jobs: Jobs, cells: readonly Awaitable<T>[]): Cell<T[]> {
  const done = new Cell<T[]>(jobs);
  const values: T[] = [];
  let missing = cells.length;
  for (const [index, cell] of cells.entries()) {
    cell.on(
      (value) => {
        values[index] = value;
        missing -= 1;
        if (missing === 0) done.resolve(values);
      },
      (error) => done.reject(error),
    );
  }
  return done;
}

export function race<T>(jobs: Jobs, cells: readonly Awaitable<T>[]): Cell<T> {
  const done = new Cell<T>(jobs);
  for (const cell of cells) {
    cell.on(
      (value) => done.resolve(value),
      (error) => done.reject(error),
    );
  }
  return done;
}

export function settled(jobs: Jobs, cells: readonly Awaitable<unknown>[]): Cell<string[]> {
  const done = new Cell<string[]>(jobs);
  const values: string[] = [];
  let missing = cells.length;
  for (const [index, cell] of cells.entries()) {
    const note = (status: string) => (): void => {
      values[index] = status;
      missing -= 1;
      if (missing === 0) done.resolve(values);
    };
    cell.on(note('fulfilled'), note('rejected'));
  }
  return done;
}
