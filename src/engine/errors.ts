import { CrashwiseError, type Advice } from './crashwise-error.js';

/** What the engine does now, and then, for each stable code, what to do. A page in docs/errors/ tells the rest. */
export const ENGINE_ERRORS = {
  ...advice('The call did nothing, and nothing was recorded.', {
    'execution-closed': 'The execution has already ended; start a new one under another id.',
    'execution-exists':
      "Choose another id. Where it is the same work, start it with the same workflow and input, and with onConflict: 'use-existing' (on the command line --use-existing).",
    'execution-not-found': 'List what there is: crashwise engine list --db <file>.',
    'invalid-argument': 'Correct the value that the message names.',
    'outside-workflow': 'Call it from workflow code that has not ended yet, and activityInfo() from an activity.',
    'query-failed': 'A query handler may only read the state of the workflow.',
    'store-unusable': 'Check that the directory exists and that this user may read and write the file.',
    'unknown-query':
      'Correct the name, or register the handler with setHandler() before the first await of the workflow.',
    'unknown-workflow': 'Register the workflow with the worker or client under this name, or correct the name.',
  }),
  ...advice('The execution is blocked, not failed; it resumes once a worker with fixed code picks it up.', {
    'activity-limit':
      'Start the activities in batches: at most 1,000 activities and timers may be open in one execution.',
    'activity-not-registered':
      'Pass the activity to the worker under the name that the workflow uses, then restart the worker.',
    'ambient-call': 'Move the call into an activity, or use now(), random(), uuid() or sleep() of crashwise/engine.',
    'foreign-await':
      'Await only what crashwise/engine hands out: activities, sleep, condition. Do other I/O inside an activity.',
    'non-determinism': 'Undo the change, or guard it with patched() so that old executions keep their path.',
  }),
  ...advice('The file was not changed.', {
    'sqlite-too-old':
      'SQLite before 3.51.3 can lose committed writes when two connections check-point; update Node or @photostructure/sqlite.',
    'store-damaged':
      'Restore a backup, or salvage what is readable with the .recover command of a recent sqlite3 shell.',
    'store-foreign': 'Give the path of a new file, or of a database that crashwise made.',
    'store-newer': 'A newer crashwise wrote this file; upgrade this one.',
  }),
  ...advice('The value was not recorded.', {
    'not-serializable':
      'Hand over plain JSON data: no functions, class instances, BigInt, cycles, or undefined inside arrays.',
    'payload-too-large':
      'Store the data elsewhere and hand over a reference: a payload holds at most 2 MiB of JSON text.',
  }),
  ...advice('Recorded times never run backwards; timers and leases wait until the clock catches up.', {
    'clock-went-back': 'Check the time synchronisation of this machine.',
  }),
  ...advice('The recorded options and durations stay in force for what was recorded; the execution goes on.', {
    drift: 'Nothing, if the change may wait for later commands. A workflow registered as strict blocks instead.',
  }),
  ...advice('Nothing more is recorded: a worker blocks the execution, and a signal is refused.', {
    'history-limit': 'Split the work into several executions: a history holds at most 50,000 events.',
  }),
  ...advice('This worker drops the execution and writes nothing; the worker that holds the lease goes on.', {
    'lease-lost': 'If it happens often, raise leaseMs or look for what blocks the event loop of the worker.',
  }),
  ...advice('The worker goes on and tries again: soon, or once the lease of the execution has run out.', {
    'life-error': 'Read the cause: it is an error of the store or of the surroundings, not of the workflow.',
  }),
  ...advice('The write did not happen; a worker tries again, a client call fails.', {
    'store-busy': 'Another process held the database for more than 5 s; look for a long transaction.',
  }),
  ...advice('The write did not happen; everything recorded before is kept. A worker tries again later.', {
    'store-full': 'Make room on the disk, then let the worker go on.',
  }),
  ...advice('The worker goes on; the execution is not changed by it.', {
    'unhandled-rejection': 'Await the promise, or catch its rejection, in the workflow.',
  }),
};

export type EngineErrorCode = keyof typeof ENGINE_ERRORS;

export function engineError(
  code: EngineErrorCode,
  message: string,
  options?: { cause?: unknown; details?: unknown },
): CrashwiseError {
  return new CrashwiseError(code, message, ENGINE_ERRORS[code], options);
}

/** Codes with the same sentence on what happens now, each with its hint. */
function advice<Code extends string>(next: string, hints: Readonly<Record<Code, string>>): Record<Code, Advice> {
  const entries = Object.entries<string>(hints).map(([code, hint]) => [code, { next, hint }]);
  return Object.fromEntries(entries) as Record<Code, Advice>;
}
