import type { Mark, MatrixRow } from '../results/index.js';
import { markOf, worst } from './oracle/outcome.js';
import { PHASES, type Phase } from './point.js';
import type { Moment } from './moment.js';
import type { DurableState } from './state.js';
import type { World } from './world.js';

/** The outcome of one crash at each point of the first life, the worst of all ways on, in the order of the flow. */
export async function crashMatrix(world: World, stopped: () => unknown): Promise<MatrixRow[]> {
  const { moments } = await world.life(world.initial, { choices: [], faults: [] });
  const marks = new Map<string, Mark>();
  const known = new Map<DurableState, Mark>();
  for (const { point, state } of moments) {
    if (stopped()) return [];
    if (!known.has(state)) known.set(state, await worstWayOn(world, state));
    raise(marks, point.site, point.phase, known.get(state)!);
    // What is in flight when the worker dies may have arrived.
    if (point.phase === 'landed') raise(marks, point.site, 'in-flight', known.get(state)!);
  }
  return rowsOf(world, moments, marks);
}

async function worstWayOn(world: World, state: DurableState): Promise<Mark> {
  const marks: Mark[] = [];
  for await (const trace of world.lives(state)) {
    if (trace.end !== 'merged') marks.push(markOf(world, trace));
  }
  return worst(marks);
}

function raise(marks: Map<string, Mark>, site: string, phase: Phase, mark: Mark): void {
  const point = `${site} ${phase}`;
  marks.set(point, worst([marks.get(point) ?? 'once', mark]));
}

// What is written down or handed on after an effect, and before the next one, belongs to that effect.
function rowsOf(world: World, moments: readonly Moment[], marks: ReadonlyMap<string, Mark>): MatrixRow[] {
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
        cells: cellsOf(marks, [site.name]),
        sameCommit: false,
      });
      const last = step === world.scenario.steps.length - 1;
      if (kind === 'record' && world.pattern.oneCommit && !last) rows.push(sameCommit());
    }
  }
  const sites = [...others].filter((name) => name !== 'wait').sort();
  return [...rows, { title: 'anything else', kind: 'other', sites, cells: cellsOf(marks, sites), sameCommit: false }];
}

function cellsOf(marks: ReadonlyMap<string, Mark>, sites: readonly string[]): MatrixRow['cells'] {
  const cell = (phase: Phase): [Phase, Mark | null] => {
    const found = sites.flatMap((site) => marks.get(`${site} ${phase}`) ?? []);
    return [phase, found.length === 0 ? null : worst(found)];
  };
  return Object.fromEntries(PHASES.map(cell)) as MatrixRow['cells'];
}

function sameCommit(): MatrixRow {
  return { title: 'hand on', kind: 'hand-on', sites: [], cells: cellsOf(new Map(), []), sameCommit: true };
}
