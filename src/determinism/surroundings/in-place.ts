import { zoneOf } from './place.js';
import { inSurroundings, type Surroundings } from './surroundings.js';

/** Runs code in these surroundings, and in their time zone, which is that of the whole process meanwhile. */
export async function inPlace<T>(surroundings: Surroundings, body: () => Promise<T>): Promise<T> {
  const zone = zoneOf(surroundings);
  if (process.env['TZ'] !== zone) process.env['TZ'] = zone;
  return inSurroundings(surroundings, body);
}
