import type { History, HistoryEvent } from '../engine/index.js';

const PAYLOADS = ['input', 'result', 'args', 'failure'] as const;

/** The same history with the members of its payloads the other way round, as after a way through a jsonb column. */
export function otherKeyOrder(history: History): History {
  return history.map((event) => {
    if (event.type === 'decided') return event;
    const changed = PAYLOADS.flatMap((name) =>
      name in event ? [[name, reversed(event[name as never])] as const] : [],
    );
    return { ...event, ...Object.fromEntries(changed) } as HistoryEvent;
  });
}

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, reversed(member)]),
  );
}
