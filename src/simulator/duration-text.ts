const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
] as const;

/** In the largest unit that divides it: `1h`, `90min`, `250ms`. */
export function durationText(ms: number): string {
  const [unit, size] = UNITS.find(([, of]) => ms > 0 && ms % of === 0) ?? ['ms', 1];
  return `${ms / size}${unit}`;
}
