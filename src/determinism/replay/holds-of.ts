import type { History } from '../../engine/index.js';
import type { HistoryHolds, PatchCall } from './outcome.js';

export function holdsOf(history: History, calls: readonly PatchCall[]): HistoryHolds {
  const events: Record<string, number> = {};
  const commands: Record<string, number> = {};
  const markers = new Map<string, boolean>();
  let isOpen = true;
  for (const event of history) {
    events[event.type] = (events[event.type] ?? 0) + 1;
    if (event.type !== 'decided') continue;
    for (const command of event.commands) {
      commands[command.kind] = (commands[command.kind] ?? 0) + 1;
      if (command.kind === 'patch') markers.set(command.id, command.deprecated);
      if (command.kind === 'complete' || command.kind === 'fail') isOpen = false;
    }
  }
  return { startedAt: history[0]!.at, isOpen, events, commands, markers: Object.fromEntries(markers), calls };
}
