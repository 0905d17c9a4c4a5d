/**
 * The canonical form in which a real state and a simulated one are compared: nothing projected away, but times become
 * `past` or their rank among those ahead of now, and ids, random in one and counted in the other, are renamed by first
 * use. A row's time of creation and an event's time are always past: of them it is checked that they are.
 */
export function canonicalParts(parts: Readonly<Record<string, unknown>>, now: number): unknown {
  const plain = JSON.parse(JSON.stringify(parts)) as unknown;
  const ahead = [...new Set(timesOf(plain).filter((time) => time > now))].sort((a, b) => a - b);
  const rename = (key: string, value: unknown): unknown =>
    TIMES.has(key) && typeof value === 'number' && value !== 0
      ? value <= now
        ? 'past'
        : `ahead ${ahead.indexOf(value)}`
      : value;
  const names = new Map<string, string>();
  const text = JSON.stringify(sorted(plain), rename).replaceAll(ID, (id) => {
    if (!names.has(id)) names.set(id, `id ${names.size + 1}`);
    return names.get(id)!;
  });
  return JSON.parse(text.replaceAll(/"(at|createdAt|leaseUntil|wakeAt)":0(?=[,}])/g, '"$1":"past"'));
}

const TIMES = new Set(['at', 'createdAt', 'leaseUntil', 'wakeAt', 'retryAt']);
const ID = /\buuid-\d+\b|\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g;

function timesOf(value: unknown): number[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    TIMES.has(key) && typeof member === 'number' ? [member] : timesOf(member),
  );
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(members.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, member]) => [key, sorted(member)]));
}
