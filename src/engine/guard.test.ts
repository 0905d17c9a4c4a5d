import { Console } from 'node:console';
import childProcess, { spawnSync } from 'node:child_process';
import nodeCrypto from 'node:crypto';
import dgram from 'node:dgram';
import dns from 'node:dns';
import fs, { readFileSync } from 'node:fs';
import http from 'node:http';
import http2 from 'node:http2';
import https from 'node:https';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import timers from 'node:timers';
import timersPromises from 'node:timers/promises';
import { Writable } from 'node:stream';
import tls from 'node:tls';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { engineError } from './errors.js';
import { GUARDED_CALLS, installGuard } from './guard.js';
import { userLocation } from './location.js';
import { runInScope, type AmbientCall, type Scope } from './scope.js';

const FILE = fileURLToPath(import.meta.url);
const LINES = readFileSync(FILE, 'utf8').split('\n');
const PAGE = fileURLToPath(new URL('../../docs/guides/guard.md', import.meta.url));
const UUID = '00000000-0000-4000-8000-000000000000';

const noop = (): void => {};
type Loose = { new (...args: unknown[]): unknown; (...args: unknown[]): unknown };
/** For what this version of Node or its types may not have. */
const at = (object: object, name: string): Loose => Reflect.get(object, name) as Loose;

// What only some versions of Node, or browsers, have: a stand-in, so that every entry of the list is tested everywhere.
class StandIn extends EventTarget {}
const standIns: [object, Record<string, unknown>][] = [
  [globalThis, { XMLHttpRequest: StandIn, EventSource: StandIn, WebSocket: StandIn }],
  [globalThis, { Temporal: { Now: { instant: () => 0 } } }],
  [globalThis, { navigator: { language: 'en', languages: ['en'], hardwareConcurrency: 1 } }],
  [Intl, { DurationFormat: StandIn }],
  [nodeCrypto, { randomUUIDv7: () => '' }],
  [process, { threadCpuUsage: () => 0 }],
];
for (const [object, members] of standIns) {
  for (const [name, value] of Object.entries(members)) {
    if (!(name in object)) Object.defineProperty(object, name, { value, writable: true, configurable: true });
  }
}
const originals = { Date, setTimeout, readFileSync, randomUUID: nodeCrypto.randomUUID, realpath: fs.realpath };
installGuard();

const noted: AmbientCall[] = [];
const refused: AmbientCall[] = [];
const scopeOf = (guard: Scope['guard']): Scope => ({
  guard,
  note: (call) => void noted.push(call),
  refuse(call) {
    refused.push(call);
    throw engineError('ambient-call', `${call.call} at ${call.location}`);
  },
  now: () => 1_000,
  random: () => 0.25,
  uuid: () => UUID,
});
const guarded = <T>(body: () => T): T => runInScope(scopeOf('guarded'), body);
const traced = <T>(body: () => T): T => runInScope(scopeOf('traced'), body);

afterEach(() => {
  noted.length = 0;
  refused.length = 0;
});

const date = new Date(0);
const bytes = new Uint8Array(4);
const closed = <T extends { on(event: 'error', listener: () => void): unknown; destroy(): unknown }>(
  open: T,
): unknown => open.on('error', noop) && open.destroy();

// One call for each entry of the list, in one line with its name, so that the noted line can be looked up.
const calls: Record<string, () => unknown> = {
  'new Date()': () => new Date(),
  'Date.now()': () => Date.now(),
  'performance.now()': () => performance.now(),
  'performance.timeOrigin': () => performance.timeOrigin,
  'process.hrtime.bigint()': () => process.hrtime.bigint(),
  'process.hrtime()': () => process.hrtime(),
  'process.uptime()': () => process.uptime(),
  'Temporal.Now.*': () => at(Reflect.get(at(globalThis, 'Temporal'), 'Now') as object, 'instant')(),
  'Math.random()': () => Math.random(),
  'crypto.randomUUID()': () => crypto.randomUUID(),
  'crypto.randomUUIDv7()': () => at(nodeCrypto, 'randomUUIDv7')(),
  'crypto.getRandomValues()': () => crypto.getRandomValues(bytes),
  'crypto.randomBytes()': () => nodeCrypto.randomBytes(4),
  'crypto.pseudoRandomBytes()': () => nodeCrypto.pseudoRandomBytes(4),
  'crypto.prng()': () => at(nodeCrypto, 'prng')(4),
  'crypto.rng()': () => at(nodeCrypto, 'rng')(4),
  'crypto.randomInt()': () => nodeCrypto.randomInt(4),
  'crypto.randomFill()': () => nodeCrypto.randomFill(bytes, noop),
  'crypto.randomFillSync()': () => nodeCrypto.randomFillSync(bytes),
  'setTimeout()': () => clearTimeout(setTimeout(noop, 1)),
  'setInterval()': () => clearInterval(setInterval(noop, 1)),
  'setImmediate()': () => clearImmediate(setImmediate(noop)),
  'AbortSignal.timeout()': () => AbortSignal.timeout(1),
  'timers/promises.setTimeout()': () => timersPromises.setTimeout(1),
  'timers/promises.setInterval()': () => timersPromises.setInterval(1),
  'timers/promises.setImmediate()': () => timersPromises.setImmediate(),
  'timers/promises.scheduler.wait()': () => timersPromises.scheduler.wait(1),
  'timers/promises.scheduler.yield()': () => timersPromises.scheduler.yield(),
  'process.nextTick()': () => process.nextTick(noop),
  'Date()': () => Date(),
  'Date.prototype.toString()': () => date.toString(),
  'Date.prototype.toDateString()': () => date.toDateString(),
  'Date.prototype.toTimeString()': () => date.toTimeString(),
  'new Date(year,month,...)': () => new Date(2026, 1),
  'Date.prototype.getDate()': () => date.getDate(),
  'Date.prototype.getDay()': () => date.getDay(),
  'Date.prototype.getFullYear()': () => date.getFullYear(),
  'Date.prototype.getHours()': () => date.getHours(),
  'Date.prototype.getMinutes()': () => date.getMinutes(),
  'Date.prototype.getMonth()': () => date.getMonth(),
  'Date.prototype.getSeconds()': () => date.getSeconds(),
  'Date.prototype.getYear()': () => at(date, 'getYear').call(date),
  'Date.prototype.setDate()': () => new Date(0).setDate(1),
  'Date.prototype.setFullYear()': () => new Date(0).setFullYear(2026),
  'Date.prototype.setHours()': () => new Date(0).setHours(1),
  'Date.prototype.setMilliseconds()': () => new Date(0).setMilliseconds(1),
  'Date.prototype.setMinutes()': () => new Date(0).setMinutes(1),
  'Date.prototype.setMonth()': () => new Date(0).setMonth(1),
  'Date.prototype.setSeconds()': () => new Date(0).setSeconds(1),
  'Date.prototype.setYear()': () => at(date, 'setYear').call(new Date(0), 70),
  'Intl.DateTimeFormat()': () => Intl.DateTimeFormat().resolvedOptions().timeZone,
  'Date.prototype.toLocaleString()': () => date.toLocaleString(),
  'Date.prototype.toLocaleDateString()': () => date.toLocaleDateString('de'),
  'Date.prototype.toLocaleTimeString()': () => date.toLocaleTimeString(undefined, { timeZone: 'UTC' }),
  'Intl.Collator()': () => new Intl.Collator(),
  'Intl.DisplayNames()': () => new Intl.DisplayNames(undefined, { type: 'region' }),
  'Intl.DurationFormat()': () => new (at(Intl, 'DurationFormat'))(),
  'Intl.ListFormat()': () => new Intl.ListFormat(),
  'Intl.NumberFormat()': () => Intl.NumberFormat([]),
  'Intl.PluralRules()': () => new Intl.PluralRules(),
  'Intl.RelativeTimeFormat()': () => new Intl.RelativeTimeFormat(),
  'Intl.Segmenter()': () => new Intl.Segmenter(),
  'String.prototype.localeCompare()': () => 'a'.localeCompare('b'),
  'String.prototype.toLocaleUpperCase()': () => 'i'.toLocaleUpperCase(),
  'String.prototype.toLocaleLowerCase()': () => 'I'.toLocaleLowerCase(),
  'Number.prototype.toLocaleString()': () => (1.5).toLocaleString(),
  'BigInt.prototype.toLocaleString()': () => 1n.toLocaleString(),
  'Array.prototype.toLocaleString()': () => [].toLocaleString(),
  'process.env.*': () => process.env['HOME'],
  'process.cwd()': () => process.cwd(),
  'process.chdir()': () => process.chdir('.'),
  'process.pid': () => process.pid,
  'Date.prototype.getTimezoneOffset()': () => date.getTimezoneOffset(),
  'navigator.language': () => Reflect.get(at(globalThis, 'navigator'), 'language'),
  'navigator.languages': () => Reflect.get(at(globalThis, 'navigator'), 'languages'),
  'navigator.hardwareConcurrency': () => Reflect.get(at(globalThis, 'navigator'), 'hardwareConcurrency'),
  'new WeakRef()': () => new WeakRef(date),
  'new FinalizationRegistry()': () => new FinalizationRegistry(noop),
  'fs.realpath.native()': () => fs.realpath.native(FILE, noop),
  'fs.realpathSync.native()': () => fs.realpathSync.native(FILE),
  'fs.*': () => fs.rmSync(`${FILE}.none`, { force: true, recursive: true }),
  'fs.promises.*': () => fs.promises.stat(FILE),
  'child_process.*': () => childProcess.execFileSync(process.execPath, ['--version']),
  'os.*': () => os.hostname(),
  'dns.*': () => dns.lookup('127.0.0.1', noop),
  'dns.promises.*': () => dns.promises.lookup('127.0.0.1'),
  'fetch()': () => fetch('data:,x'),
  'new WebSocket()': () => new (at(globalThis, 'WebSocket'))('ws://127.0.0.1:9'),
  'new EventSource()': () => new (at(globalThis, 'EventSource'))('http://127.0.0.1:9'),
  'new XMLHttpRequest()': () => new (at(globalThis, 'XMLHttpRequest'))(),
  'http.request()': () => closed(http.request('http://127.0.0.1:9')),
  'http.get()': () => closed(http.get('http://127.0.0.1:9')),
  'https.request()': () => closed(https.request('https://127.0.0.1:9')),
  'https.get()': () => closed(https.get('https://127.0.0.1:9')),
  'http2.connect()': () => closed(http2.connect('http://127.0.0.1:9')),
  'net.connect()': () => closed(net.connect(9, '127.0.0.1')),
  'net.createConnection()': () => closed(net.createConnection(9, '127.0.0.1')),
  'net.Socket.prototype.connect()': () => closed(new net.Socket().connect(9, '127.0.0.1')),
  'tls.connect()': () => closed(tls.connect(9, '127.0.0.1')),
  'dgram.createSocket()': () => dgram.createSocket('udp4').close(),
  'process.memoryUsage.rss()': () => process.memoryUsage.rss(),
  'process.memoryUsage()': () => process.memoryUsage(),
  'process.cpuUsage()': () => process.cpuUsage(),
  'process.threadCpuUsage()': () => at(process, 'threadCpuUsage')(),
  'process.resourceUsage()': () => process.resourceUsage(),
  'process.availableMemory()': () => at(process, 'availableMemory')(),
  'process.constrainedMemory()': () => process.constrainedMemory(),
  'performance.mark()': () => performance.mark('here'),
  'performance.measure()': () => performance.measure('here'),
  'performance.toJSON()': () => at(performance, 'toJSON').call(performance),
  'performance.eventLoopUtilization()': () => performance.eventLoopUtilization(),
  'crypto.generateKey()': () => nodeCrypto.generateKey('hmac', { length: 64 }, noop),
  'crypto.generateKeySync()': () => nodeCrypto.generateKeySync('hmac', { length: 64 }),
  'crypto.generateKeyPair()': () => nodeCrypto.generateKeyPair('ed25519', {}, noop),
  'crypto.generateKeyPairSync()': () => nodeCrypto.generateKeyPairSync('ed25519'),
  'crypto.generatePrime()': () => nodeCrypto.generatePrime(32, noop),
  'crypto.generatePrimeSync()': () => nodeCrypto.generatePrimeSync(32),
  'crypto.subtle.generateKey()': () => crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, true, ['sign']),
};

// Old names for one and the same function of Node; the guard has the new one.
const OLD_NAMES = ['crypto.pseudoRandomBytes()', 'crypto.prng()', 'crypto.rng()'];

/** That there was this call and no other, at the line of the table that makes it. */
function expectOnly(found: readonly AmbientCall[], listed: string): void {
  expect(found).toHaveLength(1);
  const { call, location } = found[0]!;
  if (listed.endsWith('*')) expect(call.startsWith(listed.slice(0, -1)), call).toBe(true);
  else if (OLD_NAMES.includes(listed)) expect([...OLD_NAMES, 'crypto.randomBytes()']).toContain(call);
  else expect(call).toBe(listed);
  expectLine(location, `'${listed}'`);
}

function expectLine(location: string, text: string): void {
  const [, file, line] = /^(.*):(\d+):\d+$/.exec(location) ?? [];
  expect(file).toBe(FILE);
  expect(LINES[Number(line) - 1]).toContain(text);
}

describe('the published list', () => {
  it('has a call in this test for each entry, and no entry twice', () => {
    const listed = GUARDED_CALLS.map(({ call }) => call);
    expect(Object.keys(calls).toSorted()).toEqual(listed.toSorted());
    expect(new Set(listed).size).toBe(listed.length);
  });

  it.each(GUARDED_CALLS)('guarded: $call is $answer', ({ call, answer, instead }) => {
    if (answer === 'refused') {
      expect(() => guarded(calls[call]!)).toThrow(expect.objectContaining({ code: 'ambient-call' }));
      expectOnly(refused, call);
    } else {
      const recorded = guarded(calls[call]!);
      const expected: Record<string, unknown> = { 'now()': 1_000, 'random()': 0.25, 'uuid()': UUID };
      expect(recorded instanceof Date ? recorded.getTime() : recorded).toBe(expected[instead]);
      expect(refused).toEqual([]);
    }
    expect(noted).toEqual([]);
  });

  it.each(GUARDED_CALLS)('traced: $call goes through and is noted', async ({ call, answer }) => {
    const live = traced(calls[call]!);
    expectOnly(noted, call);
    expect(refused).toEqual([]);
    if (answer === 'recorded') expect([1_000, 0.25, UUID]).not.toContain(live instanceof Date ? live.getTime() : live);
    await live;
  });

  it.each(GUARDED_CALLS)('outside: $call goes through', async ({ call }) => {
    await calls[call]!();
    expect([...noted, ...refused]).toEqual([]);
  });

  const families = {
    fs,
    'fs.promises': fs.promises,
    child_process: childProcess,
    os,
    dns,
    'dns.promises': dns.promises,
  };
  it.each(Object.entries(families))('covers every function of %s', (name, module) => {
    const functions = Object.entries(Object.getOwnPropertyDescriptors(module)).filter(
      ([, { value }]) => typeof value === 'function',
    );
    expect(functions.length).toBeGreaterThan(5);
    for (const [key, { value }] of functions) {
      expect(() => guarded(value as () => unknown), key).toThrow(`${name}.${key}() at ${FILE}:`);
    }
  });
});

describe('ways to the same call', () => {
  const other: [string, () => unknown][] = [
    ['crypto.randomBytes()', () => promisify(nodeCrypto.randomBytes)(4)],
    ['crypto.getRandomValues()', () => nodeCrypto.webcrypto.getRandomValues(bytes)],
    ['setTimeout()', () => clearTimeout(timers.setTimeout(noop, 1))],
    ['timers/promises.setTimeout()', () => promisify(setTimeout)(1)],
    ['fs.readFileSync()', () => readFileSync(FILE)],
    ['fs.stat()', () => promisify(fs.stat)(FILE)],
    ['fs.exists()', () => promisify(fs.exists)(FILE)],
    ['child_process.spawnSync()', () => spawnSync(process.execPath, ['--version'])],
    ['os.hostname()', () => `${os.hostname as unknown as string}`],
    ['process.cwd()', () => path.resolve('here')],
    ['Date.prototype.toString()', () => `${date as unknown as string}`],
    ['process.env.HOME', () => 'HOME' in process.env],
    ['process.env.HOME', () => Object.getOwnPropertyDescriptor(process.env, 'HOME')],
    ['process.env.*', () => Object.keys(process.env)],
    ['process.env.GUARD', () => void (process.env['GUARD'] = 'on')],
    ['process.env.GUARD', () => delete process.env['GUARD']],
    ['process.env.GUARD', () => Reflect.deleteProperty(process.env, 'GUARD')],
    ['Date.prototype.toLocaleString()', () => [date].toLocaleString('de')],
  ];

  it.each(other)('%s, case %#', async (call, way) => {
    // A promisified function rejects instead of throwing.
    await expect(async () => guarded(way)).rejects.toThrow(expect.objectContaining({ code: 'ambient-call' }));
    await traced(way);
    expect(refused[0]?.call).toBe(call);
    expect(noted[0]?.call).toBe(call);
    for (const { location } of [refused[0]!, noted[0]!]) expectLine(location, `'${call}'`);
  });

  it('gives recorded values through them too', () => {
    class Stamp extends Date {}
    guarded(() => {
      expect(new Stamp().valueOf()).toBe(1_000);
      expect(new (date.constructor as DateConstructor)().valueOf()).toBe(1_000);
      expect([1].map(Math.random)).toEqual([0.25]);
      expect([nodeCrypto.randomUUID(), nodeCrypto.webcrypto.randomUUID()]).toEqual([UUID, UUID]);
    });
  });
});

describe('a function that is handed over instead of being called', () => {
  // A promise calls it: there is no line of the user's on the stack any more.
  const ways: readonly [string, () => unknown][] = [
    ['then(process.cwd)', () => Promise.resolve().then(process.cwd)],
    ['then(readFileSync)', () => Promise.resolve(FILE).then(fs.readFileSync)],
    ['then(os.hostname)', () => Promise.resolve().then(os.hostname)],
    ['then(Date)', () => Promise.resolve().then(Date as unknown as () => string)],
    ['queueMicrotask(os.hostname)', () => queueMicrotask(os.hostname)],
    [
      'an eval that has waited',
      () => new Function('cwd', 'return (async () => { await 0; return cwd() })()')(process.cwd),
    ],
  ];

  it.each(ways)('%s', async (_, call) => {
    const swallow = (): void => {};
    process.on('uncaughtException', swallow);
    try {
      await Promise.resolve(guarded(() => Promise.resolve().then(call))).catch(noop);
      await new Promise((resolve) => originals.setTimeout(resolve, 1));
    } finally {
      process.off('uncaughtException', swallow);
    }
    expect(refused).toHaveLength(1);
  });
});

describe('what is left alone in a workflow', () => {
  it('what does not depend on the machine', () => {
    const zone = { timeZone: 'UTC' };
    guarded(() => {
      expect(new Date(5).toISOString()).toBe('1970-01-01T00:00:00.005Z');
      expect(new Date(Date.UTC(2026, 1)).getUTCMonth() + new Date('2026-01-01').getMilliseconds()).toBe(1);
      expect(JSON.stringify(structuredClone(new Date(7)))).toBe('"1970-01-01T00:00:00.007Z"');
      expect(new Date(0).toLocaleDateString('en-GB', zone)).toBe('01/01/1970');
      expect(new Intl.DateTimeFormat('en-GB', zone).format(0)).toBe('01/01/1970');
      expect(new Intl.NumberFormat('de').format(1.5) + (1.5).toLocaleString(['de'])).toBe('1,51,5');
      expect('a'.localeCompare('b', 'en')).toBe(-1);
      expect(path.resolve('/a', '../b')).toBe(path.resolve('/b'));
    });
    expect(refused).toEqual([]);
  });

  it('what Node does on its own account, such as the stream below console.log', () => {
    let text = '';
    const write = (chunk: Buffer, _encoding: string, done: () => void): void => {
      text += chunk.toString();
      done();
    };
    const log = new Console(new Writable({ write }));
    for (const run of [guarded, traced]) run(() => log.log('at', new Date(0)));
    expect(text).toBe('at 1970-01-01T00:00:00.000Z\n'.repeat(2));
    expect([...noted, ...refused]).toEqual([]);
  });

  it('microtasks', async () => {
    const order: number[] = [];
    await guarded(async () => {
      queueMicrotask(() => order.push(1));
      await Promise.resolve().then(() => order.push(2));
    });
    expect(order).toEqual([1, 2]);
  });
});

describe('the scope', () => {
  it('keeps the guard on after an await', async () => {
    const times = guarded(async () => {
      const before = Date.now();
      await Promise.resolve();
      const after = Date.now();
      await Promise.all([1, 2].map(async () => expect(() => setTimeout(noop, 1)).toThrow('ambient-call')));
      return [before, after];
    });
    await expect(times).rejects.toThrow();
    expect(refused.map(({ call }) => call)).toEqual(['setTimeout()', 'setTimeout()']);
  });

  it('leaves foreign code alone that runs at the same time', async () => {
    let wake = noop;
    const started = new Promise<void>((resolve) => (wake = resolve));
    const foreign = started.then(() => [Date.now(), process.pid, typeof process.env]);
    const recorded = await guarded(async () => {
      wake();
      await Promise.resolve();
      return Date.now();
    });
    expect(recorded).toBe(1_000);
    expect((await foreign)[0]).toBeGreaterThan(1_000);
    expect(refused).toEqual([]);
  });

  it('does not let a stack hook that reads files refuse the refusal', () => {
    const before = Reflect.getOwnPropertyDescriptor(Error, 'prepareStackTrace');
    const hook = (error: Error, sites: NodeJS.CallSite[]): string => {
      readFileSync(FILE);
      return [error.name, ...sites.map((site) => `    at ${site.getFileName()}:${site.getLineNumber()}:1`)].join('\n');
    };
    Object.defineProperty(Error, 'prepareStackTrace', { value: hook, configurable: true, writable: true });
    try {
      traced(() => Math.random());
    } finally {
      if (before) Object.defineProperty(Error, 'prepareStackTrace', before);
      else Reflect.deleteProperty(Error, 'prepareStackTrace');
    }
    expect(noted.map(({ call }) => call)).toEqual(['Math.random()']);
    expect(noted[0]?.location).toContain(FILE);
  });

  it('finds the line of the user below a deep stack of libraries, and leaves the limit as it was', () => {
    const limit = Error.stackTraceLimit;
    const nested = (depth: number): string => (depth === 0 ? userLocation() : [depth].map(() => nested(depth - 1))[0]!);
    expect(nested(50)).toMatch(new RegExp(`^${FILE.replaceAll('.', '\\.')}:\\d+:\\d+$`));
    expect(Error.stackTraceLimit).toBe(limit);
  });
});

describe('outside a workflow', () => {
  it('functions of process are functions still, for those who mock them', () => {
    for (const name of ['cwd', 'hrtime', 'uptime', 'memoryUsage']) {
      expect(Object.getOwnPropertyDescriptor(process, name), name).toMatchObject({ value: expect.any(Function) });
    }
  });

  it('has a Date that is Date to everyone', () => {
    expect(Date).not.toBe(originals.Date);
    expect([Date.length, Date.name, Date.prototype]).toEqual([7, 'Date', originals.Date.prototype]);
    expect([Date.UTC(2026, 0), Date.parse('2026-01-01')]).toEqual([1_767_225_600_000, 1_767_225_600_000]);
    expect(new Date()).toBeInstanceOf(Date);
    expect(new originals.Date()).toBeInstanceOf(Date);
    expect(structuredClone(date)).toEqual(date);
    expect(structuredClone(date)).toBeInstanceOf(Date);
    expect(date.constructor).toBe(Date);
    expect(new Date(2026, 1, 3, 4, 5, 6, 7).getMilliseconds()).toBe(7);
    expect(new Date(date).getTime() + new Date('1970-01-01T00:00:01Z').getTime() + new Date(5).getTime()).toBe(1_005);
    expect(Date()).toBe(new Date().toString());
    expect(Math.abs(new Date().getTime() - originals.Date.now())).toBeLessThan(1_000);
    class Stamp extends Date {
      plus = 1;
    }
    expect(new Stamp(3)).toBeInstanceOf(Stamp);
    expect(new Stamp(3).getTime() + new Stamp(3).plus).toBe(4);
    expect(Reflect.construct(Date, [9], Stamp)).toBeInstanceOf(Stamp);
  });

  it('keeps what functions have on them', async () => {
    expect(Reflect.ownKeys(fs.realpath).toSorted()).toEqual(Reflect.ownKeys(originals.realpath).toSorted());
    expect(fs.realpathSync.native(FILE)).toBe(FILE);
    expect(readFileSync).toBe(fs.readFileSync);
    expect([readFileSync.name, readFileSync.length]).toEqual(['readFileSync', 2]);
    expect(timers.setTimeout).toBe(setTimeout);
    expect(await promisify(setTimeout)(1, 'late')).toBe('late');
    expect(await promisify(fs.exists)(FILE)).toBe(true);
    expect((await promisify(childProcess.execFile)(process.execPath, ['-p', '1'])).stdout).toBe('1\n');
    expect(new Intl.NumberFormat('en')).toBeInstanceOf(Intl.NumberFormat);
    expect(new WeakRef(date).deref()).toBe(date);
  });

  it('has a process.env that can be read, changed, listed, replaced and handed to a child', () => {
    process.env['GUARD_TEST'] = 'yes';
    expect([process.env['GUARD_TEST'], 'GUARD_TEST' in process.env]).toEqual(['yes', true]);
    expect(Object.keys({ ...process.env })).toContain('GUARD_TEST');
    expect(spawnSync(process.execPath, ['-p', 'process.env.GUARD_TEST']).stdout.toString()).toBe('yes\n');
    delete process.env['GUARD_TEST'];
    expect(process.env['GUARD_TEST']).toBeUndefined();
    const before = process.env;
    process.env = { ONLY: 'this' };
    expect({ ...process.env }).toEqual({ ONLY: 'this' });
    expect(() => guarded(() => process.env['ONLY'])).toThrow('process.env.ONLY');
    process.env = before;
  });

  it('works with fake timers, which come after it', () => {
    vi.useFakeTimers({ now: 5_000 });
    try {
      expect([Date.now(), new Date().getTime(), guarded(() => new Date(3)).getTime()]).toEqual([5_000, 5_000, 3]);
      const fired = vi.fn();
      setTimeout(fired, 1_000);
      vi.advanceTimersByTime(1_000);
      expect(fired).toHaveBeenCalledOnce();
    } finally {
      vi.useRealTimers();
    }
    expect(guarded(() => Date.now())).toBe(1_000);
  });

  it('is installed once', () => {
    const before = [Date, setTimeout, fs.readFileSync, process.env];
    installGuard();
    expect([Date, setTimeout, fs.readFileSync, process.env].map((now, index) => now === before[index])).not.toContain(
      false,
    );
  });
});

// The page for readers is made from the list: UPDATE_DOCS=1 npx vitest run src/engine/guard.test.ts
it('has its list in docs/guides/guard.md', () => {
  const rows = new Map<string, string[]>();
  for (const { call, answer, instead } of GUARDED_CALLS) {
    const rest = `${answer} | ${instead}`;
    rows.set(rest, [...(rows.get(rest) ?? []), `\`${call}\``]);
  }
  const table = [...rows].map(([rest, cells]) => `| ${cells.join(', ')} | ${rest} |`).join('\n');
  const head = '| Call | Answer | Same as, or instead |\n| --- | --- | --- |';
  const list = `<!-- guarded-calls -->\n\n<!-- prettier-ignore -->\n${head}\n${table}\n\n<!-- /guarded-calls -->`;
  const page = readFileSync(PAGE, 'utf8');
  const current = page.replace(/<!-- guarded-calls -->.*<!-- \/guarded-calls -->/s, () => list);
  if (process.env['UPDATE_DOCS']) fs.writeFileSync(PAGE, current);
  else expect(page, 'The list changed. Run: UPDATE_DOCS=1 npx vitest run src/engine/guard.test.ts').toBe(current);
});
