/** With thousands separators: `1,889`. */
export function figure(value: number): string {
  return value.toLocaleString('en-US');
}

/** `1 crash`, `2 crashes`, `1,000 histories`. */
export function count(value: number, one: string): string {
  const many = /[^aeiou]y$/.test(one) ? `${one.slice(0, -1)}ies` : /(?:ch|sh|s|x)$/.test(one) ? `${one}es` : `${one}s`;
  return `${figure(value)} ${value === 1 ? one : many}`;
}

/** `0.3 s`; below a tenth of a second `12 ms`. */
export function duration(ms: number): string {
  return ms < 100 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}

/** `1 crash`, or `1 crash, 2 other faults`: what a violation takes. */
export function price({ crashes, faults }: { readonly crashes: number; readonly faults: number }): string {
  return faults === 0 ? count(crashes, 'crash') : `${count(crashes, 'crash')}, ${count(faults, 'other fault')}`;
}
