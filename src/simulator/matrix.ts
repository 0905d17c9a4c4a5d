import type { Mark, MatrixRow } from '../results/index.js';
import { brokenInvariants } from './oracle/breach.js';
import { brokenIn, marksOf, worst } from './oracle/outcome.js';
import { Refinement } from './oracle/refinement.js';
import { PHASES, type Phase } from './point.js';
import type { Moment } from './moment.js';
import type { DurableState } from './state.js';
import type { World } from './world.js';

/** What comes of a crash, on each of the ways on from it. */
type Marks = ReadonlySet<Mark>;

/** More of them than this, and outcomes are not compared. */
const MAX_LIVES_WITHOUT_CRASH = 2_000;

/** The outcome of one crash at each point of the first life, of all ways on, in the order of the flow. */
export async function crashMatrix(world: World, stopped: () => unknown): Promise<MatrixRow[]> {
  const { moments } = await world.life(world.initial, { choices: [], faults: [] });
  const refinement = await Refinement.of(world, MAX_LIVES_WITHOUT_CRASH);
  const marks = new Map<string, Marks>();
  const known = new Map<DurableState, Marks>();
  for (const { point, state } of moments) {
    if (stopped()) return [];
    if (!known.has(state)) known.set(state, await waysOn(world, state, refinement));
    raise(marks, point.site, point.phase, known.get(state)!);
    // What is in flight when the worker dies may have arrived.
    if (point.phase === 'landed') raise(marks, point.site, 'in-flight', known.get(state)!);
  }
  return rowsOf(world, moments, marks);
}

async function waysOn(world: World, state: DurableState, refinement: Refinement | undefined): Promise<Marks> {
  const marks = new Set<Mark>(brokenInvariants(world, state).length > 0 ? ['invariant'] : []);
  for await (const trace of world.lives(state)) {
    for (const mark of marksOf(world, trace, refinement)) marks.add(mark);
  }
  return marks;
}

function raise(marks: Map<string, Marks>, site: string, phase: Phase, more: Marks): void {
  const point = `${site} ${phase}`;
  marks.set(point, new Set([...(marks.get(point) ?? []), ...more]));
}

// What is written down or handed on after an effect, and before the next one, belongs to that effect.
function rowsOf(world: World, moments: readonly Moment[], marks: ReadonlyMap<string, Marks>): MatrixRow[] {
  const rows: MatrixRow[] = [];
  const others = new Set<string>();
  let step = -1;
  for (const { site, point } of moments) {
    if (point.phase !== 'before') continue;
    const index = world.scenario.steps.findIndex(({ effect }) => effect === site.name);
    if (index >= 0) step = index;
    const shown = index >= 0 || (step >= 0 && (site.kind === 'record' || site.kind === 'hand-on'));
    if (!shown) others.add(site.name);
    else if (!rows.some(({ sites }) => sites[0] === site.name)) {
      const title = {
        effect: world.scenario.steps[step]!.title,
        record: 'write it down',
        'hand-on': 'hand on',
      } as const;
      const kind = site.kind as keyof typeof title;
      rows.push({
        title: title[kind],
        kind,
        sites: [site.name],
        ...cellsOf(marks, [site.name]),
        sameCommit: false,
      });
      const last = step === world.scenario.steps.length - 1;
      if (kind === 'record' && world.pattern.oneCommit && !last) rows.push(sameCommit());
    }
  }
  const sites = [...others].filter((name) => name !== 'wait').sort();
  return [...rows, { title: 'anything else', kind: 'other', sites, ...cellsOf(marks, sites), sameCommit: false }];
}

function cellsOf(marks: ReadonlyMap<string, Marks>, sites: readonly string[]): Pick<MatrixRow, 'cells' | 'broken'> {
  const found = PHASES.map((phase) => ({
    phase,
    marks: new Set(sites.flatMap((site) => [...(marks.get(`${site} ${phase}`) ?? [])])),
  }));
  const cells = found.map(({ phase, marks: here }) => [phase, here.size === 0 ? null : worst(here)]);
  const broken = found.map(({ phase, marks: here }) => [phase, brokenIn(here)]);
  return {
    cells: Object.fromEntries(cells) as MatrixRow['cells'],
    broken: Object.fromEntries(broken) as MatrixRow['broken'],
  };
}

function sameCommit(): MatrixRow {
  return { title: 'hand on', kind: 'hand-on', sites: [], ...cellsOf(new Map(), []), sameCommit: true };
}
