import type { CrashwiseError } from '../engine/index.js';
import { Choices, type Choice, type Decider, type Plan } from './choices.js';
import { Circle } from './circle.js';
import type { Fault } from './fault.js';
import { faultsOf } from './faults-of.js';
import { outsideWork, quiescent } from './host-process.js';
import { land } from './landing.js';
import { Life, type Call, type Called, type LifeHost, type Site, type Waiter } from './life.js';
import { Moment } from './moment.js';
import type { Paths } from './paths.js';
import type { Phase } from './point.js';
import type { DurableState } from './state.js';
import { Stillness } from './stillness.js';
import { Unsteady } from './unsteady.js';

/**
 * How a run ended: at rest, going round in a circle, past the limit on its moments, waiting for something that the simulation cannot see, at the
 * moment that it was to be followed to, or where it goes on as another run that was made before.
 */
export type End = 'rest' | 'circle' | 'endless' | 'outside' | 'stopped' | 'merged';

/** The rest of the world, as a run sees it. */
export interface Surrounding {
  /** The durable state now; the same object for as long as nothing changes. */
  snapshot(now: number, spent: number): DurableState;
  /** The same for states that hold the same, whatever the time is. */
  contents(state: DurableState): string;
  /** The same for states that differ in nothing that can matter. */
  key(state: DurableState): string;
  /** The deadlines that the durable state waits for, in their order. */
  deadlines(state: DurableState): readonly number[];
  /**
   * How much may arrive now, or never: signals, and requests that their senders have given up on. A request wakes nobody
   * and goes to a service, so nothing is lost if it comes no earlier than it `meets` a call to one, or a wait: what lies
   * between touches no service, and a crash there leaves it on its way.
   */
  late(meets: boolean): number;
  /** The call whose moment it is. */
  arrive(index: number, note: (text: string) => void): Site;
  /** Starts the process that takes over from one that stands still. */
  takeOver?(life: Life): void;
}

export interface EpisodeOptions {
  readonly surrounding: Surrounding;
  readonly plan: Plan | Decider;
  /** What may go wrong, and how many of it at most. */
  readonly faults: ReadonlySet<Fault>;
  readonly maxFaults: number;
  /** After so many moments without rest it is endless. Default 20,000. */
  readonly maxMoments?: number | undefined;
  readonly start: Pick<DurableState, 'now' | 'spent'>;
  /** Finds the user's line of each call, which is slow. */
  readonly locate?: boolean | undefined;
  /** Hears of each moment as it comes, before the run goes on. */
  readonly onMoment?: ((moment: Moment) => void) | undefined;
  /** The run is followed up to the first moment of which this is true. */
  readonly until?: ((moment: Moment) => boolean) | undefined;
  /** Hears of a call that comes after everything has come to rest: it had not. */
  readonly onStray?: ((site: Site) => void) | undefined;
  /** Of two lives, every order is run, also those that come to the same. For comparison. */
  readonly everyOrder?: boolean | undefined;
  /** Asked at each fork past the first `after` choices: whether a run has been there before. */
  readonly merge?: { readonly after: number; readonly paths: Paths } | undefined;
}

export const MAX_MOMENTS = 20_000;

/**
 * What happens from one durable state until everything rests: one life, or two of which one stands still for a while.
 * Calls land and are answered when the schedule says so, and leave a snapshot at each phase: what a crash there would
 * leave. So one run yields all its crash states, and nothing is ever thrown into the user's code.
 */
export class Episode implements LifeHost {
  moments: Moment[] = [];
  readonly lives: Life[] = [];
  now: number;
  over = false;
  readonly #options: EpisodeOptions;
  readonly #choices: Choices;
  readonly #notes: string[] = [];
  readonly #circle = new Circle();
  readonly #stillness = new Stillness();
  readonly #unowned = new Map<Site, number>();
  #spent: number;
  #woken: Life | undefined;
  #end: End | undefined;
  #error: CrashwiseError | undefined;
  /** What the host process waited for when the run began: not the run's. */
  readonly #outsideWork = outsideWork();

  constructor(options: EpisodeOptions) {
    this.#options = options;
    this.#choices = new Choices(options.plan);
    this.now = options.start.now;
    this.#spent = options.start.spent;
  }

  get choices(): readonly Choice[] {
    return this.#choices.taken;
  }

  get state(): DurableState {
    return this.#options.surrounding.snapshot(this.now, this.#spent);
  }

  get locates(): boolean {
    return this.#options.locate ?? false;
  }

  /** What the plan takes and the run has not come to, in words. */
  get misfit(): string | undefined {
    const [missed] = this.#choices.missed;
    if (missed) return `never comes to where ${missed.fault} can happen to ${missed.site}#${missed.occurrence}`;
    const { forks, planned } = this.#choices;
    return forks < planned ? `has ${forks} choices, and the schedule takes ${planned}` : undefined;
  }

  /** The record of the run, which is over: what is left of its processes may live long, and does not keep it alive. */
  handOver(): readonly Moment[] {
    const { moments } = this;
    this.moments = [];
    return moments;
  }

  newLife(): Life {
    const life = new Life(this, this.lives.length + 1);
    this.lives.push(life);
    return life;
  }

  /** Lets the started processes run until they rest. */
  async run(): Promise<End> {
    for (;;) {
      await quiescent();
      if (!this.#settled()) break;
      if (this.#awake.some(({ sent }) => sent.length > 0)) {
        // Landing wakes nobody: there is something to wait for only after an answer.
        for (let goesOn = false; !goesOn && !this.#stops;) {
          const step = this.#advance();
          goesOn = typeof step === 'boolean' ? step : await step;
        }
        continue;
      }
      this.#recordAt(WAIT, 'before');
      if (!this.#stops) this.#stand();
    }
    return this.#finish();
  }

  // LifeHost: what lives ask for.

  fork(of: number): number {
    if (this.#stops || this.#isMerged()) return 0;
    const number = this.choices.length + 1;
    const taken = this.#choices.order(of, this.moments.length);
    if (taken === undefined) {
      this.fail(new Unsteady(`Choice ${number} has ${of} ways, and way ${this.#choices.wanted + 1} was to be taken.`));
    }
    return taken ?? 0;
  }

  fail(error: CrashwiseError): void {
    this.#error ??= error;
  }

  note(text: string): void {
    this.#notes.push(text);
  }

  stray(site: Site): void {
    if (this.#end === 'rest') this.#options.onStray?.(site);
  }

  send(life: Life, call: Call): void {
    this.#record(life, call.called, 'before', call.called.site.text);
    this.#record(life, call.called, 'in-flight', '');
  }

  extend(sequence: number, text: string): number {
    return this.#options.merge?.paths.extend(sequence, text) ?? sequence;
  }

  /** Before the first life starts: whether the store has come back from its backup. */
  mayRestore(): boolean {
    const fault = this.#choices.fault({ site: 'store', occurrence: 1 }, ['restore'], this.moments.length);
    if (fault === undefined) return false;
    this.#spent += 1;
    this.note('restore: the store comes back from a backup, as it was when the last life began');
    return true;
  }

  /** The time before the first life starts, or passes while nothing is in flight. */
  pass(timeMs: number): void {
    this.now = Math.max(this.now, timeMs);
    for (const life of this.#awake) life.wake();
  }

  // False: it is over.
  #settled(): boolean {
    if (this.#error) throw this.#error;
    if (this.moments.length > (this.#options.maxMoments ?? MAX_MOMENTS)) this.#end ??= 'endless';
    return this.#end === undefined;
  }

  // Takes one step of what is in flight. True if a process may go on with it.
  #advance(): boolean | Promise<boolean> {
    const heard = this.#onlyAnswer();
    if (heard) return this.#answer(heard.life, heard.call);
    const sleeper = this.lives.find(({ asleep }) => asleep);
    const calls: { readonly life: Life; readonly call: Call }[] = [];
    const woken = this.#woken;
    this.#woken = undefined;
    for (const life of woken ? [woken] : this.#awake) {
      // Of two lives, each has its calls carried out in the order in which it sent them.
      for (const call of this.lives.length > 1 ? life.sent.slice(0, 1) : life.sent) calls.push({ life, call });
    }
    // Of the life that stands still too: its call may land as soon as it goes on.
    const meets = this.lives.some(({ sent }) => sent.some(({ leaves, outcome }) => leaves && !outcome));
    const late = woken ? 0 : this.#options.surrounding.late(meets || this.#options.everyOrder === true);
    const ways = calls.length + late + (sleeper && !woken ? 1 : 0);
    const way = ways > 1 ? this.fork(ways) : 0;
    if (this.#stops) return true;
    if (way >= calls.length) return this.#interlude(way - calls.length, late);
    const { life, call } = calls[way]!;
    if (call.outcome) return this.#answer(life, call);
    const possible = this.#possible(call);
    if (possible.length === 0) return this.#land(life, call, undefined);
    if (ways === 1 && this.#isMerged()) return true;
    const fault = this.#choices.fault(life.nameOf(call), possible, this.moments.length);
    if (fault === undefined) return this.#land(life, call, undefined);
    this.#spent += 1;
    return this.#goWrong(life, call, fault);
  }

  // An answer changes nothing but the life that hears it, and no time passes until it has come: so it need not wait for
  // what the other life does.
  #onlyAnswer(): { life: Life; call: Call } | undefined {
    if (this.lives.length === 1 || this.#options.everyOrder) return undefined;
    const life = this.#awake.find(({ sent }) => sent[0]?.outcome !== undefined);
    return life && { life, call: life.sent[0]! };
  }

  #answer(life: Life, call: Call): true {
    this.#woken = undefined;
    this.#record(life, call.called, 'acknowledged', '');
    if (!this.#stops) life.hear(call);
    return true;
  }

  async #goWrong(life: Life, call: Call, fault: Fault): Promise<boolean> {
    switch (fault) {
      case 'edge-before':
      case 'edge-at':
      case 'edge-after': {
        const deadline = this.#nextTime;
        const by = { 'edge-before': -1, 'edge-at': 0, 'edge-after': 1 }[fault];
        this.note(`${fault}: the answer takes ${EDGES[fault]} the next deadline`);
        this.#record(life, call.called, 'in-flight', '', fault);
        this.pass(deadline + by);
        return true;
      }
      case 'pause-before':
      case 'pause-after':
        if (fault === 'pause-after') await this.#land(life, call, fault);
        this.note(`${fault}: this process stands still, and another takes over`);
        this.#record(life, call.called, fault === 'pause-after' ? 'landed' : 'before', '', fault);
        life.asleep = true;
        this.#options.surrounding.takeOver!(this.newLife());
        return true;
      default:
        return this.#land(life, call, fault);
    }
  }

  #land(life: Life, call: Call, fault: Fault | undefined): false | Promise<false> {
    const landed = (text: string): false => {
      this.#record(life, call.called, 'landed', text, fault);
      return false;
    };
    const text = land(call, fault, (line) => this.note(line));
    return typeof text === 'string' ? landed(text) : text.then(landed);
  }

  #possible(call: Call): readonly Fault[] {
    const { faults, maxFaults, surrounding } = this.#options;
    if (faults.size === 0 || this.#spent >= maxFaults) return [];
    const mayPause = surrounding.takeOver !== undefined && this.lives.length === 1;
    return faultsOf(call, { among: faults, mayPause, isAwaited: () => this.#nextTime < Infinity });
  }

  // Nothing is in flight: it rests, or goes round, or waits.
  #stand(): void {
    const { state } = this;
    const { surrounding } = this.#options;
    const since = Math.min(...this.#awake.map(({ worksSince = Infinity }) => worksSince));
    const deadlines = surrounding.deadlines(state);
    const here = { key: surrounding.key(state), deadlines, spent: this.#spent, worksSince: since };
    if (this.#circle.closes(here, this.moments)) this.#end = 'circle';
    const still = {
      contents: surrounding.contents(state),
      deadline: deadlines[0],
      spent: this.#spent,
      works: since < Infinity,
    };
    const rests = this.#stillness.rests({ ...still, waiters: this.#waiters });
    // Code that is under way, with nothing in flight, and this process busy: no time of ours wakes it.
    if (since < Infinity && this.#isBusyOutside) this.#end ??= 'outside';
    if (!this.#stops) this.#wait(rests);
  }

  // Nothing is in flight but what came late.
  #wait(rests: boolean): void {
    const sleeper = this.lives.find(({ asleep }) => asleep);
    const late = this.#options.surrounding.late(true);
    const ways = 1 + late + (sleeper && !rests ? 1 : 0);
    const way = ways > 1 ? this.fork(ways) : 0;
    if (this.#stops) return;
    if (way > 0) this.#interlude(way - 1, late);
    else if (!rests) this.pass(this.#nextTime === Infinity ? this.now : this.#nextTime);
    else if (sleeper) this.#interlude(late, late);
    else this.#end = this.#isBusyOutside ? 'outside' : 'rest';
  }

  // A late request arrives, or the life that stands still goes on.
  #interlude(way: number, late: number): boolean {
    const { surrounding } = this.#options;
    if (way < late) {
      const site = surrounding.arrive(way, (text) => this.note(text));
      this.#recordAt(site, 'landed');
      return true; // It may have woken somebody.
    }
    const sleeper = this.lives.find(({ asleep }) => asleep)!;
    sleeper.asleep = false;
    // It takes the next step: as long as it takes none, it might as well go on sleeping.
    if (sleeper.sent.length > 0 && !this.#options.everyOrder) this.#woken = sleeper;
    sleeper.give('wakes');
    this.note('the process that stood still goes on');
    sleeper.wake();
    return true;
  }

  // Whether another run has come to the same state with the same lives: then that one goes on for this one too.
  #isMerged(): boolean {
    const { merge } = this.#options;
    if (!merge || this.choices.length < merge.after) return false;
    if (merge.paths.known(this.state, this.lives.map(({ standing }) => standing).join('\n'))) this.#end ??= 'merged';
    return this.#end === 'merged';
  }

  #recordAt(site: Site, phase: Phase): void {
    this.#unowned.set(site, (this.#unowned.get(site) ?? 0) + 1);
    this.#record(undefined, { site, occurrence: this.#unowned.get(site)!, location: '' }, phase, '');
  }

  #record(life: Life | undefined, called: Called, phase: Phase, text: string, fault?: Fault): void {
    if (text !== '') this.#notes.push(text);
    const told = this.#notes.length === 0 ? '' : this.#notes.splice(0).join('\n');
    if (this.#end !== undefined) return;
    const moment = new Moment(called, phase, this.state, told, fault, life?.number ?? 1);
    this.moments.push(moment);
    this.#options.onMoment?.(moment);
    if (this.#options.until?.(moment)) this.#end = 'stopped';
  }

  #finish(): End {
    this.over = true;
    for (const life of this.lives) life.end();
    return this.#end!;
  }

  get #stops(): boolean {
    return this.#end !== undefined || this.#error !== undefined;
  }

  get #isBusyOutside(): boolean {
    return outsideWork() > this.#outsideWork;
  }

  get #awake(): readonly Life[] {
    return this.lives.filter(({ asleep }) => !asleep);
  }

  get #waiters(): readonly Waiter[] {
    return this.#awake.flatMap(({ waiters }) => waiters);
  }

  get #deadline(): number | undefined {
    return this.#options.surrounding.deadlines(this.state)[0];
  }

  // Of the processes or of the durable state, whichever comes first.
  get #nextTime(): number {
    return Math.min(this.#deadline ?? Infinity, ...this.#waiters.map(({ timeMs }) => timeMs));
  }
}

const WAIT: Site = { name: 'wait', kind: 'other', text: '' };
const EDGES = { 'edge-before': 'until just before', 'edge-at': 'until', 'edge-after': 'until just after' } as const;
