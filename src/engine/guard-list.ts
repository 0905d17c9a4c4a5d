import type { Scope } from './scope.js';

/** One entry of the published list. `fs.*` stands for every function of that module. */
export interface GuardedCall {
  readonly call: string;
  /** `recorded`: workflow code gets the value of its history. `refused`: an error that names the call and its line. */
  readonly answer: 'recorded' | 'refused';
  /** What to write instead, or, for a recorded call, what it is the same as. */
  readonly instead: string;
}

export interface Rule extends GuardedCall {
  /** The path of the object that has the function, from a global or from a module of Node; `new`: a global class. */
  readonly holder: string;
  readonly name: string;
  readonly recorded: ((scope: Scope) => unknown) | undefined;
  readonly when: ((args: readonly unknown[], isNew: boolean) => boolean) | undefined;
}

// `instead = holder name name; holder name`. Where two meet in one function, the first whose condition holds answers.
const TABLE = `now() = new Date(); Date now(); performance now()
random() = Math random()
uuid() = crypto randomUUID()
Date.now() = performance timeOrigin; process hrtime.bigint() hrtime() uptime(); Temporal.Now *
random() or uuid(), or an activity = crypto getRandomValues() randomBytes() pseudoRandomBytes() prng() rng() randomInt()
  randomFill() randomFillSync() randomUUIDv7()
sleep() = globalThis setTimeout() setInterval() setImmediate(); AbortSignal timeout();
  timers/promises setTimeout() setInterval() setImmediate() scheduler.wait() scheduler.yield()
queueMicrotask() = process nextTick()
toISOString() = globalThis Date(); Date.prototype toString() toDateString() toTimeString()
Date.UTC() = new Date(year,month,...)
its UTC method = Date.prototype getDate() getDay() getFullYear() getHours() getMinutes() getMonth() getSeconds() getYear()
  setDate() setFullYear() setHours() setMilliseconds() setMinutes() setMonth() setSeconds() setYear()
an explicit locale and timeZone = Intl DateTimeFormat(); Date.prototype toLocaleString() toLocaleDateString()
  toLocaleTimeString()
an explicit locale = Intl Collator() DisplayNames() DurationFormat() ListFormat() NumberFormat() PluralRules()
  RelativeTimeFormat() Segmenter(); String.prototype localeCompare() toLocaleUpperCase() toLocaleLowerCase();
  Number.prototype toLocaleString(); BigInt.prototype toLocaleString(); Array.prototype toLocaleString()
an input of the workflow, or an activity = process.env *; process cwd() chdir() pid;
  Date.prototype getTimezoneOffset(); navigator language languages hardwareConcurrency
a plain reference = new WeakRef() FinalizationRegistry()
an activity = fs realpath.native() realpathSync.native() *; fs.promises *; child_process *; os *; dns *; dns.promises *;
  globalThis fetch(); new WebSocket() EventSource() XMLHttpRequest(); http request() get(); https request() get();
  http2 connect(); net connect() createConnection() Socket.prototype.connect(); tls connect(); dgram createSocket();
  process memoryUsage.rss() memoryUsage() cpuUsage() threadCpuUsage() resourceUsage() availableMemory()
  constrainedMemory(); performance mark() measure() toJSON() eventLoopUtilization(); crypto generateKey()
  generateKeySync() generateKeyPair() generateKeyPairSync() generatePrime() generatePrimeSync() subtle.generateKey()`;

const RECORDED: Record<string, Rule['recorded']> = {
  'now()': (scope) => scope.now(),
  'random()': (scope) => scope.random(),
  'uuid()': (scope) => scope.uuid(),
};
const implied = (tags: unknown): boolean => tags === undefined || (Array.isArray(tags) && tags.length === 0);
// For one call, or for all with the same advice.
const WHEN: Record<string, Rule['when']> = {
  'new Date()': (args, isNew) => isNew && args.length === 0,
  'new Date(year,month,...)': (args, isNew) => isNew && args.length > 1,
  'Date()': (_args, isNew) => !isNew,
  'String.prototype.localeCompare()': ([, locales]) => implied(locales),
  'an explicit locale': ([locales]) => implied(locales),
  'an explicit locale and timeZone': ([locales, options]) =>
    implied(locales) || (options as Intl.DateTimeFormatOptions | undefined)?.timeZone === undefined,
};

/** The guard as data: one rule for each published entry. */
export const RULES: readonly Rule[] = TABLE.split(/\n(?! )/).flatMap((line) => {
  const [instead = '', groups = ''] = line.split(' = ');
  return groups.split(/;\s+/).flatMap((group) => {
    const [object = '', ...entries] = group.split(/\s+/);
    return entries.map((entry): Rule => {
      const call = object === 'globalThis' ? entry : object === 'new' ? `new ${entry}` : `${object}.${entry}`;
      const [, holder = '', name = ''] = /^([^(]*)\.([\w*]+)/.exec(`${object}.${entry}`) ?? [];
      const answer = RECORDED[instead] === undefined ? 'refused' : 'recorded';
      return { call, answer, instead, holder, name, recorded: RECORDED[instead], when: WHEN[call] ?? WHEN[instead] };
    });
  });
});
