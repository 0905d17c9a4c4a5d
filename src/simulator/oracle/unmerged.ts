import { seededRandom } from '../../engine/random.js';
import type { Exit, Junction, RequestGraph, Root } from '../explore/request-graph.js';
import { renamedIds } from '../fresh-names.js';
import { seenOf } from '../seen.js';
import type { Services } from '../service.js';
import { sortedText } from '../sorted-text.js';
import type { Answered } from '../trail.js';
import type { World } from '../world.js';
import type { Judgement } from './judgement.js';
import { unsoundView, type UnsoundView } from './unsound-view.js';

/** What came of a walk. */
export interface Walked {
  /** Where it shows; the first is the one after the fewest lives. */
  readonly unsound: readonly UnsoundView[];
  readonly states: number;
  /** Lives in a row. */
  readonly deepest: number;
  /** Whether that is all that there is; else the first limit that was met. */
  readonly stoppedBy: 'closed' | 'limit' | 'stopped';
}

type Parts = Readonly<Record<string, unknown>>;

interface Stand {
  readonly root: Root;
  /** Of the services that have a view, all that they hold. */
  readonly parts: Parts;
  readonly spent: number;
  readonly lives: number;
  readonly by?: { readonly before: Stand; readonly exit: Exit };
}

const MAX_STATES = 10_000;
const MAX_ANSWERS = 200_000;
const MAX_LIVES = 100;
/** Of a life that goes round for ever. */
const MAX_ROUNDS = 100;
const MAX_UNSOUND = 20;

/**
 * Walks the graph of a search once more without merging what views of services leave out: from state to state along the
 * requests of its lives, each of which is put to the service as it really is by then. A view that tells the truth is a
 * bisimulation: whatever it leaves out, each request is answered as it was in the search, shows the same after it, and
 * leaves the goal and the invariants as they were. Nothing of the process is run: as long as it is answered the same, it
 * asks the same. After the first half of the limit it goes into the depth, and to and fro at random.
 */
export class UnmergedWalk {
  readonly #world: World;
  readonly #graph: RequestGraph;
  readonly #judgement: Judgement;
  readonly #known = new Set<string>();
  readonly #open: Stand[] = [];
  readonly #draw = seededRandom('walk');
  readonly #texts = new WeakMap<Parts, string>();
  readonly #unsound = new Map<string, UnsoundView>();
  #answers = 0;
  #deepest = 0;
  #isCut = false;

  constructor(world: World, graph: RequestGraph, judgement: Judgement) {
    this.#world = world;
    this.#graph = graph;
    this.#judgement = judgement;
  }

  run(stopped: () => unknown): Walked {
    const { initial, views, hiding } = this.#world;
    const parts = Object.fromEntries(hiding.map((name) => [name, initial.parts[`service ${name}`]]));
    this.#reach({ root: this.#graph.at(views.key(initial))!, parts, spent: 0, lives: 0 });
    for (let stand = this.#next(); stand; stand = this.#next()) {
      if (stopped()) return this.#result('stopped');
      if (this.#known.size >= MAX_STATES || this.#answers >= MAX_ANSWERS) return this.#result('limit');
      if (this.#unsound.size >= MAX_UNSOUND) return this.#result('limit');
      if (stand.lives >= MAX_LIVES) {
        this.#isCut = true;
        continue;
      }
      this.#leave(stand);
    }
    return this.#result(this.#isCut ? 'limit' : 'closed');
  }

  #result(stoppedBy: Walked['stoppedBy']): Walked {
    return { unsound: [...this.#unsound.values()], states: this.#known.size, deepest: this.#deepest, stoppedBy };
  }

  #next(): Stand | undefined {
    const { length } = this.#open;
    if (this.#known.size < MAX_STATES / 2 && this.#answers < MAX_ANSWERS / 2) return this.#open.shift();
    return this.#open.splice(this.#draw() < 0.5 ? length - 1 : Math.floor(this.#draw() * length), 1)[0];
  }

  /** Whether it was not known. */
  #reach(stand: Stand): boolean {
    const text = `${stand.root.index} ${stand.spent} ${this.#textOf(stand.parts)}`;
    if (this.#known.has(text)) return false;
    this.#known.add(text);
    this.#deepest = Math.max(this.#deepest, stand.lives);
    this.#open.push(stand);
    return true;
  }

  #textOf(parts: Parts): string {
    let text = this.#texts.get(parts);
    if (text === undefined) this.#texts.set(parts, (text = sortedText(parts)));
    return text;
  }

  /** Follows each run from here, and each crash in it. */
  #leave(stand: Stand): void {
    const open: (readonly [Junction, Parts, number])[] = [[stand.root.junction, stand.parts, 0]];
    const known = new Set<string>();
    const numbers = new Map<Junction, number>();
    for (let at = open.pop(); at; at = open.pop()) {
      const [junction, parts, rounds] = at;
      if (!numbers.has(junction)) numbers.set(junction, numbers.size);
      const text = `${numbers.get(junction)} ${this.#textOf(parts)}`;
      if (known.has(text)) continue;
      known.add(text);
      for (const other of junction.goesOnAt) open.push([other, parts, rounds]);
      if (rounds >= MAX_ROUNDS) this.#isCut ||= junction.goesRoundTo.size > 0;
      else for (const other of junction.goesRoundTo) open.push([other, parts, rounds + 1]);
      for (const exit of junction.exits.values()) this.#crash(stand, exit, parts);
      const late = [...junction.idle].map(
        ([label, answered]) => [label, { answered, spent: 0, to: junction }] as const,
      );
      for (const [label, { answered, spent, to }] of [...junction.next, ...late]) {
        if (stand.spent + spent > this.#world.budget.maxFaults) continue;
        const state = this.#ask(answered, parts[answered.service]);
        if (state) open.push([to, { ...parts, [answered.service]: state.part }, rounds]);
        else this.#tell(stand, label, answered.service, `${requestText(answered)} is answered otherwise`);
      }
    }
  }

  // Each once: the same shows from many states.
  #tell(stand: Stand, what: string, service: string, text: string): void {
    const key = `${stand.root.index} ${what}`;
    if (!this.#unsound.has(key)) this.#unsound.set(key, unsoundView(service, text, exitsTo(stand)));
  }

  /** The state after the request, or undefined if it is not answered as it was in the search. */
  #ask({ service, request, args, seen }: Answered, part: unknown): { readonly part: unknown } | undefined {
    this.#answers += 1;
    const its = this.#world.scenario.services[service]!;
    try {
      const answer = (its.requests as Services[string]['requests'])[request](part, ...args);
      return seenOf(its, answer) === seen ? { part: answer.state } : undefined;
    } catch {
      return undefined;
    }
  }

  #crash(before: Stand, exit: Exit, parts: Parts): void {
    const spent = before.spent + exit.spent;
    const root = this.#graph.at(exit.key);
    // Past a count that is broken nothing is run.
    if (!root || spent > this.#world.budget.maxFaults) return;
    const renamed = this.#textOf(parts).includes('uuid-') ? renamedIds(parts, exit.ids, root.ids) : parts;
    const stand = { root, parts: renamed, spent, lives: before.lives + 1, by: { before, exit } };
    if (!this.#reach(stand)) return;
    if (this.#judgement.isSame(root.state, renamed)) return;
    this.#tell(stand, 'judged', this.#world.hiding.join(', '), 'the goal, the outcome or an invariant is another');
  }
}

function requestText({ service, request, args }: Answered): string {
  return `${service}.${request}(${args.map((one) => JSON.stringify(one)).join(', ')})`;
}

/** The crashes on the way. */
function exitsTo(stand: Stand): readonly Exit[] {
  const exits: Exit[] = [];
  for (let { by } = stand; by; { by } = by.before) exits.unshift(by.exit);
  return exits;
}
