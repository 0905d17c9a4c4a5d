import crypto from 'node:crypto';
import { LIVE, standIn, type Answer } from './stand-in.js';
import type { Surroundings } from './surroundings.js';

/** Random numbers, those of `crypto` too. */
export function standInChance(): void {
  standIn(Math, 'random', (here) => here.number('random', 'Math.random()'));
  const web = globalThis.crypto;
  for (const holder of new Set([crypto, web])) {
    standIn(holder, 'randomUUID', (here) => uuid(here));
    standIn(holder, 'getRandomValues', (here, [array]) => fill(here, 'crypto.getRandomValues()', array));
  }
  standIn(crypto, 'randomInt', (here, [first, second]) => {
    const [min, max] = typeof second === 'number' ? [first as number, second] : [0, first as number];
    return min + Math.floor(here.number('crypto', 'crypto.randomInt()') * (max - min));
  });
  const bytes: Answer = (here, [size]) => fill(here, 'crypto.randomBytes()', Buffer.alloc(size as number));
  standIn(crypto, 'randomBytes', bytes);
  standIn(crypto, 'pseudoRandomBytes', bytes);
  standIn(crypto, 'randomFillSync', (here, [array]) => fill(here, 'crypto.randomFillSync()', array));
}

function fill(here: Surroundings, call: string, array: unknown): unknown {
  if (!ArrayBuffer.isView(array)) return LIVE;
  const view = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
  for (let index = 0; index < view.length; index += 1) view[index] = Math.floor(here.number('crypto', call) * 256);
  return array;
}

function uuid(here: Surroundings): string {
  const hex = (digits: number): string =>
    Math.floor(here.number('crypto', 'crypto.randomUUID()') * 16 ** digits)
      .toString(16)
      .padStart(digits, '0');
  return `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`;
}
