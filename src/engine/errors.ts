/** What the engine does now, and what to do, for each stable code. A page in docs/errors/ tells the rest. */
export const ENGINE_ERRORS = {
  'activity-not-registered': {
    next: 'The execution is blocked, not failed; nothing recorded is lost.',
    hint: 'Pass the activity to the worker under the name that the workflow uses, then restart the worker.',
  },
  'activity-limit': {
    next: 'The execution is blocked, not failed; it resumes once a worker with fixed code picks it up.',
    hint: 'Start the activities in batches: at most 1,000 activities and timers may be open in one execution.',
  },
  'ambient-call': {
    next: 'The execution is blocked, not failed; it resumes once a worker with fixed code picks it up.',
    hint: 'Move the call into an activity, or use now(), random(), uuid() or sleep() of crashwise/engine.',
  },
  'clock-went-back': {
    next: 'Recorded times stay where they are and never run backwards; timers and leases wait until the clock catches up.',
    hint: 'Check the time synchronisation of this machine.',
  },
  drift: {
    next: 'The recorded options and durations stay in force for what was recorded; the execution goes on.',
    hint: 'Nothing, if the change may wait for later commands. A workflow registered as strict blocks instead.',
  },
  'execution-closed': {
    next: 'Nothing was recorded.',
    hint: 'The execution has already ended; start a new one under another id.',
  },
  'execution-exists': {
    next: 'Nothing was recorded; the existing execution goes on.',
    hint: "Choose another id, or start with onConflict: 'use-existing' and the same workflow and input.",
  },
  'execution-not-found': {
    next: 'Nothing was changed.',
    hint: 'List what there is: crashwise engine list.',
  },
  'foreign-await': {
    next: 'The execution is blocked, not failed; it resumes once a worker with fixed code picks it up.',
    hint: 'Await only what crashwise/engine hands out: activities, sleep, condition. Do other I/O inside an activity.',
  },
  'history-limit': {
    next: 'Nothing more is recorded: a worker blocks the execution, a signal is refused; the history stays readable.',
    hint: 'Split the work into several executions: a history holds at most 50,000 events.',
  },
  'invalid-argument': {
    next: 'The call did nothing.',
    hint: 'Correct the value that the message names.',
  },
  'lease-lost': {
    next: 'This worker drops the execution and writes nothing; the worker that holds the lease goes on.',
    hint: 'If it happens often, raise leaseMs or look for what blocks the event loop of the worker.',
  },
  'life-error': {
    next: 'The worker goes on; an execution that it held is tried again once its lease has run out.',
    hint: 'Read the cause: it is an error of the store or of the surroundings, not of the workflow.',
  },
  'non-determinism': {
    next: 'The execution is blocked, not failed; it resumes once the code matches its history again.',
    hint: 'Undo the change, or guard it with patched() so that old executions keep their path.',
  },
  'not-serializable': {
    next: 'The value was not recorded.',
    hint: 'Hand over plain JSON data: no functions, class instances, BigInt, cycles, or undefined inside arrays.',
  },
  'outside-workflow': {
    next: 'The call did nothing.',
    hint: 'Call it from workflow code that a worker or decide() runs, before the workflow has ended; activityInfo() from an activity.',
  },
  'payload-too-large': {
    next: 'The value was not recorded.',
    hint: 'Store the data elsewhere and hand over a reference: a payload holds at most 2 MiB of JSON text.',
  },
  'query-failed': {
    next: 'Nothing was recorded; the execution is not touched.',
    hint: 'A query handler may only read the state of the workflow.',
  },
  'store-busy': {
    next: 'The write did not happen; a worker tries again, a client call fails.',
    hint: 'Another process held the database for more than 5 s; look for a long transaction.',
  },
  'store-damaged': {
    next: 'The file was not changed.',
    hint: 'Restore a backup, or salvage what is readable with the .recover command of a recent sqlite3 shell.',
  },
  'store-foreign': {
    next: 'The file was not changed.',
    hint: 'Give the path of a new file, or of a database that crashwise made.',
  },
  'store-full': {
    next: 'The write did not happen; everything recorded before is kept. A worker tries again later.',
    hint: 'Make room on the disk, then let the worker go on.',
  },
  'store-newer': {
    next: 'The file was not changed.',
    hint: 'A newer crashwise wrote this file; upgrade this one.',
  },
  'store-unusable': {
    next: 'Nothing was changed.',
    hint: 'Check that the directory exists and that this user may read and write the file.',
  },
  'sqlite-too-old': {
    next: 'The file was not opened.',
    hint: 'SQLite before 3.51.3 can lose committed writes when two connections check-point; update Node or @photostructure/sqlite.',
  },
  'unhandled-rejection': {
    next: 'The worker goes on; the execution is not changed by it.',
    hint: 'Await the promise, or catch its rejection, in the workflow.',
  },
  'unknown-query': {
    next: 'Nothing was changed.',
    hint: 'Register the handler with setHandler() before the first await of the workflow.',
  },
  'unknown-workflow': {
    next: 'Nothing was recorded.',
    hint: 'Register the workflow with the worker or client under this name, or correct the name.',
  },
} as const satisfies Record<string, { next: string; hint: string }>;

export type EngineErrorCode = keyof typeof ENGINE_ERRORS;

/**
 * The one error class of crashwise: a stable `code`, what happened (`message`), what happens now (`next`) and what to
 * do (`hint`). Told apart by `code`, never by the text. `CrashwiseError.is` also knows errors of another copy of the
 * package, where `instanceof` does not.
 *
 * @example
 * try { await client.signal('order-1', approve); }
 * catch (error) { if (CrashwiseError.is(error) && error.code === 'execution-closed') return; throw error; }
 */
export class CrashwiseError extends Error {
  override readonly name = 'CrashwiseError';
  readonly code: string;
  readonly next: string;
  readonly hint: string;
  /** Plain data that belongs to the error, for example the expected and the actual command. */
  readonly details: unknown;

  constructor(
    code: string,
    message: string,
    advice: { next: string; hint: string },
    options?: { cause?: unknown; details?: unknown },
  ) {
    super(message, options?.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.next = advice.next;
    this.hint = advice.hint;
    this.details = options?.details;
  }

  /** The page that tells more, relative to the package. */
  get page(): string {
    return `docs/errors/${this.code}.md`;
  }

  static is(error: unknown): error is CrashwiseError {
    return error instanceof Error && error.name === 'CrashwiseError' && 'code' in error;
  }
}

export function engineError(
  code: EngineErrorCode,
  message: string,
  options?: { cause?: unknown; details?: unknown },
): CrashwiseError {
  return new CrashwiseError(code, message, ENGINE_ERRORS[code], options);
}
