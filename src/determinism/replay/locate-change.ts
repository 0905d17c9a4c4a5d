import { createRuntime } from '../../engine/decide.js';
import type { Divergence, Drift, History, HistoryEvent, Workflow } from '../../engine/index.js';
import type { Change } from './changes-of.js';

/** The user's line that asks for what has changed, as `file:line:column`, or '': where a strict workflow would stop. */
export async function locateChange(
  workflow: Workflow,
  history: History,
  drift: readonly Drift[],
  { drift: wanted }: Change,
): Promise<string> {
  const others = new Map(drift.filter((one) => one !== wanted).map(({ recorded, current }) => [recorded, current]));
  const alone = history.map((event): HistoryEvent => {
    if (event.type !== 'decided') return event;
    return { ...event, commands: event.commands.map((command) => others.get(command) ?? command) };
  });
  const runtime = createRuntime([{ ...workflow, strict: true }], { report: () => {} });
  const { blocked } = await runtime.decide(alone);
  return blocked?.code === 'non-determinism' ? (blocked.details as Divergence).location : '';
}
