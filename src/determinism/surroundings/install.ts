import { syncBuiltinESMExports } from 'node:module';
import { standInConsole } from './console.js';
import { standInChance } from './chance.js';
import { standInClock } from './clock.js';
import { standInMachine } from './machine.js';
import { standInFiles, standInGarbage, standInLatency } from './outside-work.js';
import { standInLocale, standInZone } from './place.js';
import { standInStack } from './stack.js';

let installed = false;

/**
 * Puts stand-ins over all that code can find out about its surroundings, once. Code that runs outside of `inSurroundings`
 * notices nothing. Before the guard of the engine, so that references that are taken at import are stand-ins too.
 */
export function installStandIns(): void {
  if (installed) return;
  installed = true;
  for (const put of [standInClock, standInChance, standInMachine, standInLocale, standInZone, standInLatency]) put();
  for (const put of [standInFiles, standInGarbage, standInStack, standInConsole]) put();
  syncBuiltinESMExports();
}
