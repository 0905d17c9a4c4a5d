import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { shownPath } from '../../loader/shown-path.js';
import { determinismError } from '../errors.js';
import { Learning, type Learned } from './learned.js';

/**
 * Reads the recorded histories below a folder: bundles, and what `crashwise engine show --json` prints. Throws
 * `learn-unusable` where there is none. Of a file that is no whole history `onUnusable` hears; other JSON is passed over.
 */
export function learn(folder: string, onUnusable: (error: Error) => void): Learned {
  if (!existsSync(folder)) throw determinismError('learn-unusable', `There is no folder ${shownPath(folder)}.`);
  const learning = new Learning();
  let histories = 0;
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    if (!name.endsWith('.json')) continue;
    const file = join(folder, name);
    try {
      const events = eventsOf(JSON.parse(readFileSync(file, 'utf8')));
      if (!events) continue;
      learning.add(events);
      histories += 1;
    } catch (error) {
      const why = (error as Error).message;
      onUnusable(
        determinismError('learn-unusable', `${shownPath(file)} cannot be learnt from: ${why}`, { cause: error }),
      );
    }
  }
  if (histories > 0) return learning;
  throw determinismError('learn-unusable', `${shownPath(folder)} holds no recorded history.`);
}

function eventsOf(document: unknown): readonly unknown[] | undefined {
  const { schema, events, history } = (document ?? {}) as Record<string, unknown>;
  if (typeof schema !== 'string' || !/^crashwise\/(history|engine-show)@/.test(schema)) return undefined;
  const found = { 'crashwise/history@1': events, 'crashwise/engine-show@1': history }[schema];
  if (found === undefined) throw new Error(`it is of the form ${schema}, which this version does not know.`);
  if (!Array.isArray(found)) throw new Error('it holds no list of events.');
  return found;
}
