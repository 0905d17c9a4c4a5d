/** The JSON text of plain data with the members of each object in order: equal for what holds the same. */
export function sortedText(value: unknown): string {
  return JSON.stringify(value, sorted) ?? 'undefined';
}

function sorted(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}
