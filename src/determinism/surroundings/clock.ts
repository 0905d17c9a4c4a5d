import { performance } from 'node:perf_hooks';
import { LIVE, standIn, standInValue } from './stand-in.js';

/** The clock: all ways to ask for the time. */
export function standInClock(): void {
  standIn(Date, 'now', (here) => Math.floor(here.time('Date.now()')));
  standIn(Date, 'parse', (here, [text]) => {
    if (isLocalText(text)) here.read('time zone', 'Date.parse()');
    return LIVE;
  });
  // A constructor: one that is given nothing is given the time.
  standIn(globalThis, 'Date', (here, args, self) => {
    if (args.length > 1 || isLocalText(args[0])) here.read('time zone', 'new Date(year,month,...)');
    if (self === undefined || !(self instanceof Date)) return LIVE;
    if (args.length === 0) args.push(Math.floor(here.time('new Date()')));
    return LIVE;
  });
  standIn(performance, 'now', (here) => here.time('performance.now()') % 100_000_000);
  standInValue(performance, 'timeOrigin', (here) => here.time('performance.timeOrigin'));
  standIn(process, 'hrtime', (here) => {
    const ms = here.time('process.hrtime()') % 1e12;
    return [Math.floor(ms / 1_000), Math.floor((ms % 1_000) * 1e6)];
  });
  standIn(process.hrtime, 'bigint', (here) => BigInt(Math.floor((here.time('process.hrtime.bigint()') % 1e12) * 1e6)));
  standIn(process, 'uptime', (here) => (here.time('process.uptime()') % 1e8) / 1_000);
  // Without a time they ask for it by themselves.
  for (const name of ['formatToParts'] as const) {
    standIn(Intl.DateTimeFormat.prototype, name, (here, args) => {
      args[0] ??= Math.floor(here.time(`Intl.DateTimeFormat.prototype.${name}()`));
      return LIVE;
    });
  }
  standInFormat();
}

// A date and a time without a zone.
function isLocalText(value: unknown): boolean {
  return typeof value === 'string' && !/^\d{4}(-\d\d){0,2}$|Z$|[+-]\d\d:?\d\d$|GMT|UTC/.test(value);
}

// A getter that answers a bound function.
function standInFormat(): void {
  const { prototype } = Intl.DateTimeFormat;
  const format = Reflect.getOwnPropertyDescriptor(prototype, 'format')!;
  Reflect.defineProperty(prototype, 'format', {
    ...format,
    get(this: Intl.DateTimeFormat) {
      const holder = { format: Reflect.apply(format.get!, this, []) as (date?: Date | number) => string };
      standIn(holder, 'format', (here, args) => {
        args[0] ??= Math.floor(here.time('Intl.DateTimeFormat.prototype.format()'));
        return LIVE;
      });
      return holder.format;
    },
  });
}
