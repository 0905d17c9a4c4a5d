import type { Source } from './surroundings/sources.js';

/** What to write instead, and the page that says why. */
export interface Advice {
  readonly fix: string;
  readonly page: string;
}

/** Advice for each cause. */
export const ADVICE: Readonly<Record<Source, Advice>> = {
  clock: advice('clock', 'take the time from now(), or have an activity read the clock'),
  random: advice('random', 'use random() or uuid(), or have an activity draw'),
  crypto: advice('random', 'use random() or uuid(), or have an activity draw'),
  env: advice('env', 'hand it in with the input, or read it in an activity'),
  'time zone': advice('time-zone', 'use the UTC methods, or name the time zone'),
  locale: advice('locale', 'name the locale'),
  pid: advice('process', 'use the id of the execution or uuid(), or ask in an activity'),
  hostname: advice('process', 'use the id of the execution or uuid(), or ask in an activity'),
  cwd: advice('process', 'use paths that do not depend on the process, or ask in an activity'),
  'module state': advice('module-state', 'keep it in a variable of the workflow function'),
  latency: advice('latency', 'wait with sleep() and condition(), and do requests in activities'),
  'error stack': advice('error-stack', 'pass on name, message and code'),
  'key order': advice('key-order', 'sort the keys, or have the activity answer a list'),
  'file system': advice('file-system', 'read files in an activity, or import them'),
  'garbage collection': advice('garbage-collection', 'hold it by a plain reference'),
};

function advice(page: string, fix: string): Advice {
  return { fix, page: `docs/rules/${page}.md` };
}
