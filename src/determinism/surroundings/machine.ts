import os from 'node:os';
import { answering as surroundingsOf, place, standIn, standInValue } from './stand-in.js';
import type { Surroundings } from './surroundings.js';

// Of several depths, as a path may be told relative to them.
const FOLDERS = ['/srv/app', '/app', '/home/b/work/app', '/srv/a/releases/7/app', '/'];

/** The process and the machine it runs on: environment, process id, directory, host. */
export function standInMachine(): void {
  standInEnvironment();
  standInValue(process, 'pid', (here) => 100 + whole(here, 'pid', 'process.pid', 60_000));
  standInValue(process, 'ppid', (here) => 1 + whole(here, 'pid', 'process.ppid', 99));
  standIn(process, 'cwd', (here) => FOLDERS[whole(here, 'cwd', 'process.cwd()', FOLDERS.length)]);
  standIn(os, 'hostname', (here) => `worker-${whole(here, 'hostname', 'os.hostname()', 1_000)}`);
  standIn(os, 'availableParallelism', (here) => 1 + whole(here, 'hostname', 'os.availableParallelism()', 32));
  standIn(os, 'cpus', (here) =>
    Array.from({ length: 1 + whole(here, 'hostname', 'os.cpus()', 32) }, () => ({ model: 'a', speed: 1, times: {} })),
  );
  for (const name of ['freemem', 'totalmem', 'uptime'] as const) {
    standIn(os, name, (here) => whole(here, 'hostname', `os.${name}()`, 64_000_000_000));
  }
  standIn(os, 'loadavg', (here) => [0, 1, 2].map((n) => whole(here, 'hostname', 'os.loadavg()', 400, `${n}`) / 100));
  const path = (call: string) => (here: Surroundings) => `/home/u${whole(here, 'hostname', call, 90)}`;
  standIn(os, 'homedir', path('os.homedir()'));
  standIn(os, 'tmpdir', path('os.tmpdir()'));
  standIn(os, 'userInfo', (here) => ({ username: `u${whole(here, 'hostname', 'os.userInfo()', 90)}` }));
  standIn(process, 'memoryUsage', (here) => {
    const bytes = (key: string): number => whole(here, 'hostname', 'process.memoryUsage()', 2_000_000_000, key);
    return { rss: bytes('rss'), heapTotal: bytes('total'), heapUsed: bytes('used'), external: 1, arrayBuffers: 1 };
  });
}

function whole(here: Surroundings, source: 'pid' | 'cwd' | 'hostname' | 'env', call: string, max: number, key = call) {
  return Math.floor(here.number(source, call, key) * max);
}

// Values that programs take for on, off and a number; the words of the user's own code come on top.
const VALUES: readonly (string | undefined)[] = [undefined, '1', '0', 'true', 'false', '', '10', 'on', 'off', 'b'];

// What the process itself needs to go on.
const KEPT = new Set(['TZ', 'PATH', 'HOME', 'NODE_OPTIONS', 'FORCE_COLOR', 'NO_COLOR']);

function standInEnvironment(): void {
  const live = process.env;
  const valueOf = (here: Surroundings, name: string): string | undefined => {
    const values = [...VALUES, ...here.words, ...here.words];
    return values[whole(here, 'env', `process.env.${name}`, values.length)];
  };
  const answers = (key: string | symbol): Surroundings | undefined =>
    typeof key === 'string' && !KEPT.has(key) ? surroundingsOf() : undefined;
  const env = new Proxy(live, {
    get(target, key) {
      const here = answers(key);
      return here ? valueOf(here, key as string) : (Reflect.get(target, key) as unknown);
    },
    has(target, key) {
      const here = answers(key);
      return here ? valueOf(here, key as string) !== undefined : Reflect.has(target, key);
    },
    set: (target, key, value) => Reflect.set(target, key, value),
  });
  let current: NodeJS.ProcessEnv = env;
  place(process, 'env', {
    get: () => current,
    set(other: NodeJS.ProcessEnv) {
      current = other;
    },
    enumerable: true,
    configurable: true,
  });
}
