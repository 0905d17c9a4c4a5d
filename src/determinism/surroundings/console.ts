import { standIn } from './stand-in.js';

/** What workflow code says to people. A thousand runs would say it a thousand times, in the middle of a report. */
export function standInConsole(): void {
  for (const name of Object.keys(console)) standIn(console, name, () => undefined);
}
