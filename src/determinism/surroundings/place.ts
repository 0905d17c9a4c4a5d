import { LIVE, standIn, type Answer } from './stand-in.js';
import { numberOf, type Surroundings } from './surroundings.js';

const ZONES = ['UTC', 'Asia/Tokyo', 'America/New_York', 'Europe/Berlin', 'Asia/Kolkata', 'Pacific/Auckland'];
const LOCALES = ['en-US', 'de-DE', 'tr-TR', 'sv-SE', 'ja-JP', 'ar-EG'];

/** The time zone that these surroundings are in. A seed that is empty stands for UTC. */
export function zoneOf(here: Surroundings): string {
  return oneOf(ZONES, here.seedOf('time zone'));
}

function localeOf(here: Surroundings, call: string): string {
  return oneOf(LOCALES, here.read('locale', call));
}

function oneOf(list: readonly string[], seed: string): string {
  return seed === '' ? list[0]! : list[Math.floor(numberOf(seed) * list.length)]!;
}

const LOCAL_GETTERS = 'getDate getDay getFullYear getHours getMinutes getMonth getSeconds getYear getTimezoneOffset';
const LOCAL_SETTERS = 'setDate setFullYear setHours setMilliseconds setMinutes setMonth setSeconds setYear';
const LOCAL_TEXTS = 'toString toDateString toTimeString';

/** Notes who asks for local time. The answer is that of the process, which is in the time zone meanwhile. */
export function standInZone(): void {
  for (const name of `${LOCAL_GETTERS} ${LOCAL_SETTERS} ${LOCAL_TEXTS}`.split(' ')) {
    standIn(Date.prototype, name, (here) => {
      here.read('time zone', `Date.prototype.${name}()`);
      return LIVE;
    });
  }
}

/**
 * The locale, wherever one is implied. The time zone is the real one of the process, as `TZ` sets it: there are too many
 * ways to it.
 */
export function standInLocale(): void {
  const implied = (tags: unknown): boolean => tags === undefined || (Array.isArray(tags) && tags.length === 0);
  const at =
    (position: number, call: string): Answer =>
    (here, args) => {
      if (implied(args[position])) {
        while (args.length < position) args.push(undefined);
        args[position] = localeOf(here, call);
      }
      const dated = /Date/.test(call) && (args[position + 1] as Intl.DateTimeFormatOptions | undefined);
      if (dated !== false && dated?.timeZone === undefined) here.read('time zone', call);
      return LIVE;
    };
  for (const name of Object.getOwnPropertyNames(Intl)) {
    const made: unknown = Reflect.get(Intl, name);
    if (typeof made === 'function' && made.prototype) standIn(Intl, name, at(0, `Intl.${name}()`));
  }
  standIn(String.prototype, 'localeCompare', at(1, 'String.prototype.localeCompare()'));
  for (const name of ['toLocaleUpperCase', 'toLocaleLowerCase']) {
    standIn(String.prototype, name, at(0, `String.prototype.${name}()`));
  }
  for (const [type, { prototype }] of Object.entries({ Number, BigInt, Array, Date })) {
    standIn(prototype, 'toLocaleString', at(0, `${type}.prototype.toLocaleString()`));
  }
  for (const name of ['toLocaleDateString', 'toLocaleTimeString']) {
    standIn(Date.prototype, name, at(0, `Date.prototype.${name}()`));
  }
}
