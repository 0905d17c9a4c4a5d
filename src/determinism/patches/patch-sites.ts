/** A call for a patch in the source. */
export interface PatchSite {
  readonly id: string;
  readonly call: 'patched' | 'deprecatePatch';
  readonly line: number;
}

// A comment, a text, or a call with a text for its id: what comes first is taken whole.
const TOKEN =
  /\/\/[^\n]*|\/\*[^]*?\*\/|(?<![\w$])(patched|deprecatePatch)\s*\(\s*(?:'((?:\\.|[^'\\\n])*)'|"((?:\\.|[^"\\\n])*)"|`([^`\\$]*)`)|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g;

/**
 * The calls of `patched` and `deprecatePatch` with a plain text for their id, where they stand in a source. A call by another
 * name, or with an id that is computed, is only found by running it.
 */
export function patchSites(source: string): readonly PatchSite[] {
  const found: PatchSite[] = [];
  for (const { 1: call, 2: one, 3: two, 4: three, index } of source.matchAll(TOKEN)) {
    const id = one ?? two ?? three;
    if (call === undefined || id === undefined) continue;
    const line = source.slice(0, index).split('\n').length;
    found.push({ id, call: call as PatchSite['call'], line });
  }
  return found;
}
