import type { AmbientCall } from '../engine/index.js';
import type { SimulationRun } from '../results/index.js';
import { explore, type Budget, type Exploration, type Progress } from './explore/closure.js';
import { Judgement } from './oracle/judgement.js';
import { checkProjections, type ProjectionCheck } from './oracle/projections.js';
import { unsoundSaturations } from './oracle/saturation.js';
import { UnmergedWalk, type Walked } from './oracle/unmerged.js';
import { RequestGraph } from './explore/request-graph.js';
import { violationsAfter } from './explore/violations-after.js';
import { goesOutside } from './goes-outside.js';
import { quiescent } from './host-process.js';
import { placeAt } from './place-at.js';
import { repeatFirst } from './repeat-first.js';
import { unseenBy } from './unseen.js';
import type { World } from './world.js';

/** What a search came to, and what it rests on. */
export interface Searched {
  readonly found: Exploration;
  readonly projections: ProjectionCheck;
  /** What makes it prove nothing, in words. */
  readonly hazards: readonly string[];
  /** What was taken for granted that could not be tried to its end. */
  readonly assumes: readonly string[];
  readonly strays: readonly string[];
  /** With `outside-work`. */
  readonly unseen: SimulationRun['unseen'];
  readonly stoppedBy: SimulationRun['stoppedBy'];
  readonly verdict: SimulationRun['verdict'];
}

/** Explores a world and judges what was found: `proved` only if it closed, and if the keys hold what they claim. */
export async function search(
  world: World,
  budget: Budget,
  onProgress: (progress: Progress) => void,
): Promise<Searched> {
  world.requests = world.hiding.length > 0 ? new RequestGraph(world.views) : undefined;
  const explored = await explore(world, budget, onProgress);
  // From a state of a process that never rests, the lives may be without number.
  const closed = explored.stoppedBy === 'closed';
  const pairs = closed ? explored : { ...explored, merged: [] };
  const projections = await checkProjections(world, pairs, budget.stopped);
  const walked = closed ? walk(world, explored, budget.stopped) : undefined;
  const found = await withWhatIsHidden(world, explored, walked, budget.stopped);
  const hazards = [
    ...((await world.pattern.hazards?.(found.rests)) ?? []),
    ...hazardsOf(walked),
    ...unsoundSaturations(world, pairs.merged),
  ];
  await stragglers();
  const unsound = projections.mismatch !== undefined || !projections.complete || hazards.length > 0;
  const strays = [...world.strays].sort().map((site) => `${site}, called by a life that seemed to rest`);
  const isOutside = strays.length > 0 || found.stoppedBy === 'outside-work';
  const calls = isOutside ? [] : await repeatFirst(world, found.first);
  const stoppedBy =
    // It may be over before anybody looks.
    isOutside || calls.some(goesOutside)
      ? 'outside-work'
      : closed && unsound
        ? (budget.stopped() ?? 'projection')
        : found.stoppedBy;
  const unseen =
    stoppedBy === 'outside-work'
      ? await unseenBy(world, stoppedBy, { text: strays.join('; ') || undefined })
      : undefined;
  const verdict = found.violations.length > 0 ? 'violated' : stoppedBy === 'closed' ? 'proved' : 'inconclusive';
  const assumes = [...assumptionsOf(world, walked), ...calls.flatMap(harmless)];
  return { found, projections, hazards, assumes, strays, unseen, stoppedBy, verdict };
}

/** Seen to make no difference, in one life. */
function harmless({ call, location }: AmbientCall): readonly string[] {
  const place = placeAt(location);
  return place ? [`what ${call} answers at ${place.file}:${place.line} makes no difference`] : [];
}

function walk(world: World, { rests }: Exploration, stopped: () => unknown): Walked | undefined {
  const { requests, views } = world;
  world.requests = undefined;
  const judgement = new Judgement(world, new Set(rests.map((rest) => views.key(rest))));
  return requests && new UnmergedWalk(world, requests, judgement).run(stopped);
}

/** What is found with what is broken where a view turned out to hide too much. */
async function withWhatIsHidden(
  world: World,
  found: Exploration,
  walked: Walked | undefined,
  stopped: () => unknown,
): Promise<Exploration> {
  const known = new Set(found.violations.map(({ property }) => property));
  for (const { lives } of walked?.unsound ?? []) {
    const more = (await violationsAfter(world, lives, stopped)).filter(({ property }) => !known.has(property));
    if (more.length > 0) return { ...found, violations: [...found.violations, ...more] };
  }
  return found;
}

function hazardsOf(walked: Walked | undefined): readonly string[] {
  const cut = 'what the views of services leave out: the search was stopped before it was tried';
  const [first] = walked?.unsound ?? [];
  return [...(first ? [first.text] : []), ...(walked?.stoppedBy === 'stopped' ? [cut] : [])];
}

function assumptionsOf({ hiding, scenario }: World, walked: Walked | undefined): readonly string[] {
  const timed = Object.keys(scenario.services).filter(
    (name) => scenario.services[name]!.view && !hiding.includes(name),
  );
  return [
    ...(walked?.stoppedBy === 'limit' && walked.unsound.length === 0
      ? [
          `what views leave out of ${hiding.join(', ')} does not matter later than was tried: ${walked.states} states, up to ${walked.deepest} crashes in a row`,
        ]
      : []),
    ...timed.map(
      (name) => `what the view of ${name} leaves out, which knows the time, was tried with one request repeated`,
    ),
  ];
}

/**
 * Gives what goes on past the boundaries, in a thread of its own say, the time to show itself. Without a timer, which a
 * simulation that runs beside this one would take for work of its scenario.
 */
async function stragglers(): Promise<void> {
  const until = performance.now() + 20;
  while (performance.now() < until) await quiescent();
}
