/** Whether a stream gets colour. `--no-color` outranks FORCE_COLOR, which outranks NO_COLOR, as in Node itself. */
export function wantsColor(
  env: Readonly<Record<string, string | undefined>>,
  allowed: boolean,
  isTerminal: boolean | undefined,
): boolean {
  if (!allowed) return false;
  const force = env['FORCE_COLOR'];
  if (force !== undefined) return force !== '0' && force !== 'false';
  if (env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '') return false;
  return isTerminal === true && env['TERM'] !== 'dumb';
}
