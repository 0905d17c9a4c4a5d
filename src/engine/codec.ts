import { engineError } from './errors.js';
import type { Json } from './history.js';

/** Largest payload (one argument, result, input or signal argument), in bytes of its JSON text. */
export const MAX_PAYLOAD_BYTES = 2 * 1024 * 1024;
const MAX_DEPTH = 1_000;

/**
 * The plain copy of a value that a history can hold, the same on the first run as on every replay. `undefined` stays
 * `undefined` at the top and is dropped from object properties, as in JSON. Throws `not-serializable` with the path to
 * the first value that would not come back as it went in, and `payload-too-large`.
 *
 * @example
 * toPayload({ at: new Date() }, 'result'); // not-serializable: result.at is a Date instance
 */
export function toPayload(value: unknown, where: string): Json | undefined {
  if (value === undefined) return undefined;
  const copy = plainCopy(value, where, []);
  // One UTF-16 unit is at most 3 bytes of UTF-8: most payloads need no exact count.
  const text = JSON.stringify(copy);
  if (text.length * 3 > MAX_PAYLOAD_BYTES && Buffer.byteLength(text) > MAX_PAYLOAD_BYTES) {
    throw engineError('payload-too-large', `${where} has ${Buffer.byteLength(text)} bytes of JSON text.`);
  }
  return copy;
}

/** A copy of recorded data for the user's code, which may change what it gets. */
export function copyJson<T>(value: T): T {
  return value === undefined ? value : (plainCopy(value, 'value', []) as T);
}

function plainCopy(value: unknown, path: string, parents: unknown[]): Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw refused(path, String(value));
    return value === 0 ? 0 : value; // JSON has no -0
  }
  if (typeof value !== 'object') throw refused(path, value === undefined ? 'undefined' : `a ${typeof value}`);
  if (parents.includes(value)) throw refused(path, 'a reference back to a value that contains it');
  if (parents.length >= MAX_DEPTH) throw refused(path.slice(0, 80), `nested more than ${MAX_DEPTH} levels deep`);
  if (Object.getOwnPropertySymbols(value).length > 0) throw refused(path, 'an object with symbol keys');
  parents.push(value);
  const copy = Array.isArray(value) ? copyArray(value, path, parents) : copyObject(value, path, parents);
  parents.pop();
  return copy;
}

function copyArray(value: unknown[], path: string, parents: unknown[]): Json[] {
  if (Object.keys(value).some((key) => !/^\d+$/.test(key))) throw refused(path, 'an array with named properties');
  return Array.from(value, (item, index) => plainCopy(item, `${path}[${index}]`, parents));
}

function copyObject(value: object, path: string, parents: unknown[]): { [key: string]: Json } {
  const prototype: unknown = Object.getPrototypeOf(value);
  // A plain object of another realm has another Object.prototype, which is known by having no prototype itself.
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) {
    throw refused(path, `an instance of ${value.constructor?.name || 'a class'}`);
  }
  const copy: { [key: string]: Json } = {};
  for (const [key, member] of Object.entries(value)) {
    if (member === undefined) continue;
    const plain = plainCopy(member, `${path}.${key}`, parents);
    if (key === '__proto__') Object.defineProperty(copy, key, { value: plain, enumerable: true });
    else copy[key] = plain;
  }
  return copy;
}

function refused(path: string, what: string): Error {
  return engineError('not-serializable', `${path} is ${what}, which JSON does not bring back.`, { details: { path } });
}

/** The path of the first difference between two recorded values, or undefined if they are the same. */
export function firstDifference(expected: unknown, actual: unknown, path: string): string | undefined {
  if (Object.is(expected, actual)) return undefined;
  if (!isObject(expected) || !isObject(actual) || Array.isArray(expected) !== Array.isArray(actual)) return path;
  for (const key of new Set([...Object.keys(expected), ...Object.keys(actual)])) {
    const step = Array.isArray(expected) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`;
    const found = firstDifference(expected[key], actual[key], step);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
