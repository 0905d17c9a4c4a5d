import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { engineError } from '../../engine/errors.js';
import type { History } from '../../engine/index.js';
import { PACKAGE_ROOT } from '../../loader/package-root.js';
import type { HistoryBundle } from '../../results/index.js';

/**
 * A history of the reference engine as a bundle that can be carried about, with all that a replay needs. Which code
 * recorded it is not in a history; who knows gives a `fingerprint`. Throws `invalid-argument` for one without a start.
 *
 * @example
 * const bundle = toBundle(await store.history('order-1'));
 * appendFileSync('histories.jsonl', `${JSON.stringify(bundle)}\n`);
 */
export function toBundle(history: History, { fingerprint }: { readonly fingerprint?: string } = {}): HistoryBundle {
  const [started] = history;
  if (started?.type !== 'started') {
    throw engineError('invalid-argument', 'A history begins with its "started" event.');
  }
  const { workflow, id, input } = started;
  return {
    schema: 'crashwise/history@1',
    workflow,
    id,
    runId: id,
    ...(input === undefined ? {} : { input: input as HistoryBundle['input'] }),
    engine: { name: 'reference', version: packageVersion() },
    codec: 'json',
    fingerprint: fingerprint ?? null,
    events: history as HistoryBundle['events'],
  };
}

let version: string | undefined;
function packageVersion(): string {
  version ??= (JSON.parse(readFileSync(join(PACKAGE_ROOT, 'package.json'), 'utf8')) as { version: string }).version;
  return version;
}
