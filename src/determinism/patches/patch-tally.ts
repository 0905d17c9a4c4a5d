import type { PatchesResult, PatchReport } from '../../results/index.js';
import { placeOf } from '../replay/place-of.js';
import type { HistoryHolds, HistoryName, Outcome } from '../replay/outcome.js';
import { ruleFor, type PatchFacts } from './patch-rules.js';

type Site = PatchReport['sites'][number];
type Ways = { open: number; closed: number };

/** Of one patch in one workflow. */
interface Standing {
  readonly seen: Record<keyof Ways, { patched: number; deprecatePatch: number }>;
  readonly absent: Ways;
  /** Histories that do not replay, of those above. */
  readonly failed: Ways;
}

interface Patch {
  readonly sites: Map<string, Site>;
  readonly workflows: Map<string, Standing>;
  oldest: NonNullable<PatchReport['oldest']> | null;
}

/** What histories say of patches. It does not grow with their number. */
export class PatchTally {
  readonly #patches = new Map<string, Patch>();
  readonly #all = new Map<string, { readonly every: Ways; readonly failed: Ways }>();
  #leftOut = 0;

  site(id: string, site: Site): void {
    this.#patch(id).sites.set(`${site.file}:${site.line}`, site);
  }

  add(history: HistoryName, { status, holds }: Outcome): void {
    if (status === 'unsupported' || status === 'not-covered') {
      this.#leftOut += 1;
      return;
    }
    // Where nothing is known but that it did not end, it may be an open one.
    const way = holds?.isOpen === false ? 'closed' : 'open';
    const hasFailed = status === 'fail' || status === 'blocked';
    const all = this.#workflow(history.workflow);
    all.every[way] += 1;
    if (hasFailed) all.failed[way] += 1;
    if (holds) this.#count(history, holds, way, hasFailed);
  }

  result(rest: Pick<PatchesResult, 'ms' | 'stoppedBy' | 'unreadable'>): PatchesResult {
    const histories = sum([...this.#all.values()].map(({ every }) => every));
    const patches = [...this.#patches].sort(([one], [other]) => (one < other ? -1 : 1));
    return {
      schema: 'crashwise/patches@1',
      ...rest,
      histories,
      leftOut: this.#leftOut,
      patches: patches.map(([id, patch]) => this.#report(id, patch)),
    };
  }

  #count(history: HistoryName, holds: HistoryHolds, way: keyof Ways, hasFailed: boolean): void {
    const { markers, calls, startedAt } = holds;
    for (const { id, call, location } of calls) {
      const place = placeOf(location);
      if (place) this.site(id, { ...place, call });
    }
    const absent = calls.filter((one) => one.recorded && !one.present && !Object.hasOwn(markers, one.id));
    for (const { id } of absent) this.#standing(id, history.workflow).absent[way] += 1;
    for (const [id, isDeprecated] of Object.entries(markers)) {
      this.#standing(id, history.workflow).seen[way][isDeprecated ? 'deprecatePatch' : 'patched'] += 1;
    }
    for (const id of [...absent.map((one) => one.id), ...Object.keys(markers)]) {
      if (hasFailed) this.#standing(id, history.workflow).failed[way] += 1;
      const patch = this.#patch(id);
      patch.oldest = older(patch.oldest, { id: history.id, startedAt, open: way === 'open' });
    }
    // A call past the end says where it stands, and in which workflow.
    for (const { id } of calls) this.#standing(id, history.workflow);
  }

  #report(id: string, { sites, workflows, oldest }: Patch): PatchReport {
    const standings = [...workflows.values()];
    const alls = [...workflows.keys()].map((name) => this.#workflow(name));
    const total = (pick: (way: keyof Ways) => number): Ways => ({ open: pick('open'), closed: pick('closed') });
    const seen = { open: { patched: 0, deprecatePatch: 0 }, closed: { patched: 0, deprecatePatch: 0 } };
    for (const one of standings) {
      for (const way of ['open', 'closed'] as const) {
        seen[way].patched += one.seen[way].patched;
        seen[way].deprecatePatch += one.seen[way].deprecatePatch;
      }
    }
    const absentThoughReached = sum(standings.map(({ absent }) => absent));
    const every = sum(alls.map((one) => one.every));
    const known = sum(standings.map(({ failed }) => failed));
    const failed = sum(alls.map((one) => one.failed));
    const unclear = total((way) => failed[way] - known[way]);
    const marked = total((way) => seen[way].patched + seen[way].deprecatePatch);
    const notReached = total((way) => every[way] - marked[way] - absentThoughReached[way] - unclear[way]);
    const list = [...sites.values()].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line));
    const of = (call: Site['call']): number => list.filter((one) => one.call === call).length;
    const calls = { patched: of('patched'), deprecatePatch: of('deprecatePatch') };
    const facts: PatchFacts = { calls, seen, absentThoughReached, unclear, open: every.open };
    const { id: rule, verdict, reason } = ruleFor(facts);
    return {
      id,
      sites: list,
      seen,
      absentThoughReached,
      notReached,
      unclear,
      oldest,
      verdict,
      rule,
      reason: reason(facts),
    };
  }

  #patch(id: string): Patch {
    let patch = this.#patches.get(id);
    if (!patch) this.#patches.set(id, (patch = { sites: new Map(), workflows: new Map(), oldest: null }));
    return patch;
  }

  #standing(id: string, workflow: string): Standing {
    const { workflows } = this.#patch(id);
    let standing = workflows.get(workflow);
    if (!standing) {
      const none = () => ({ patched: 0, deprecatePatch: 0 });
      standing = { seen: { open: none(), closed: none() }, absent: sum([]), failed: sum([]) };
      workflows.set(workflow, standing);
    }
    return standing;
  }

  #workflow(name: string): { readonly every: Ways; readonly failed: Ways } {
    let all = this.#all.get(name);
    if (!all) this.#all.set(name, (all = { every: sum([]), failed: sum([]) }));
    return all;
  }
}

function sum(many: readonly Ways[]): Ways {
  return many.reduce((one, { open, closed }) => ({ open: one.open + open, closed: one.closed + closed }), {
    open: 0,
    closed: 0,
  });
}

// An open one is what holds a branch; a closed one is told where there is none.
function older(one: Patch['oldest'], other: NonNullable<Patch['oldest']>): NonNullable<Patch['oldest']> {
  if (!one || (other.open && !one.open)) return other;
  if (one.open && !other.open) return one;
  return other.startedAt < one.startedAt ? other : one;
}
