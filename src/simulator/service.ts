import type { CrashwiseError } from '../engine/index.js';
import type { AskedRequest } from './asked.js';
import { simulatorError } from './errors.js';
import { isSame } from './is-same.js';
import { InjectedError, type Fault } from './fault.js';
import type { EffectClass, Ledger } from './ledger.js';
import type { CallFaults, Life } from './life.js';
import type { LateRequest, Network } from './network.js';
import type { Past } from './past.js';
import { keepPlain } from './keep-plain.js';
import type { Resource } from './state.js';
import { withDeadlines } from './with-deadlines.js';
import { asksForTime, requestAt } from './with-time.js';

/** The answer of a service to one request: its state from then on, and what the caller gets. */
export interface Answer<State, Result = unknown> {
  readonly state: State;
  readonly result: Result;
  /** `done`: the effect happened. `refused`: it had happened before, and did not happen again. `none`: only read. */
  readonly effect: 'done' | 'refused' | 'none';
  /** For the story, for example "the processor books charge ch_1". */
  readonly text: string;
}

/** What a request does: a pure function of the service's state and the arguments. It never changes the state in place. */
// oxlint-disable-next-line typescript/no-explicit-any -- a constraint over requests of every signature
type Request<State> = (state: State, ...args: any[]) => Answer<State>;

/** An outside system of a scenario: plain data and what requests do to it. */
export interface Service<State, Requests extends Record<string, Request<State>>> {
  readonly initial: State;
  readonly requests: Requests;
  /**
   * What of the state can matter for later answers; default: all. Counts of what may happen often belong cut at 2. Plain
   * data: anything else ends the simulation with `not-serializable`.
   */
  readonly view?: (state: State) => unknown;
}

/** Defines a service; only for the types. */
export function defineService<State, Requests extends Record<string, Request<State>>>(
  service: Service<State, Requests>,
): Service<State, Requests> {
  return service;
}

// oxlint-disable-next-line typescript/no-explicit-any -- any service, whatever its state
export type Services = Readonly<Record<string, Service<any, any>>>;

/** The services as the process calls them: over the network, so that each call is a boundary. */
export type ServiceClients<S extends Services> = {
  readonly [Name in keyof S]: {
    readonly [R in keyof S[Name]['requests']]: S[Name]['requests'][R] extends (
      state: never,
      ...args: infer Args
    ) => Answer<unknown, infer Result>
      ? (...args: Args) => Promise<Result>
      : never;
  };
};

/** How the ledger and the story see the calls of one effect. */
export interface EffectNames {
  readonly class: EffectClass;
  /** The logical key: calls with the same one mean the same thing. */
  key(...args: readonly unknown[]): string;
  text(...args: readonly unknown[]): string;
}

/** `isIdle`: nobody sends it, as it would change nothing; see `idleEffect`. */
type Asked = (request: AskedRequest, answer: Answer<unknown>, isIdle: boolean) => void;

const EFFECTS: readonly unknown[] = ['done', 'refused', 'none'] satisfies Answer<unknown>['effect'][];

export class ServiceResource implements Resource {
  readonly name: string;
  readonly #service: Service<unknown, Record<string, Request<unknown>>>;
  readonly #knowsTime: boolean;
  readonly #asked: Asked | undefined;
  part: unknown;
  readonly #past: Past | undefined;

  /** `asked` hears of each request and its answer. Without a past, nothing it answers is ever stale. */
  constructor(name: string, service: Service<unknown, Record<string, Request<unknown>>>, asked?: Asked, past?: Past) {
    this.name = `service ${name}`;
    this.#service = service;
    this.#knowsTime = Object.values(service.requests).some(asksForTime);
    this.#asked = asked;
    this.part = keepPlain(service.initial, `the initial state of ${name}`);
    this.#past = past;
    past?.of(this);
  }

  // What is no plain data looks alike as text: each `Set` is {}, and all states would be one.
  view(part: unknown): unknown {
    const { view } = this.#service;
    return this.#seen(view ? keepPlain(view(part), `the view of ${this.name}`) : part);
  }

  dropped(part: unknown): unknown {
    return this.#service.view ? this.#seen(part) : null;
  }

  #seen(part: unknown): unknown {
    return this.#knowsTime ? withDeadlines(part) : part;
  }

  /** What may go wrong with this request in this state: only one that changes nothing can be answered by a replica. */
  faultsOf(request: string, args: readonly unknown[], now: number): readonly Fault[] {
    if (!this.#past || !(this.name in this.#past.part)) return [];
    const { effect } = requestAt(this.#service.requests[request]!, now)(this.part, ...args);
    return effect === 'none' ? ['stale-read'] : [];
  }

  /** The answer to a request from the state before the last change; nothing happens to the service. */
  stale(request: string, args: readonly unknown[], now: number): unknown {
    return requestAt(this.#service.requests[request]!, now)(this.#past!.part[this.name], ...args).result;
  }

  /**
   * What this request would be in the ledger if it arrived now and changed nothing; undefined: it would change something.
   * Throws what the service throws.
   */
  idleEffect(request: string, args: readonly unknown[], now: number): 'refused' | 'none' | undefined {
    const { given, answer } = this.#carryOut(request, args, now);
    if (answer.effect === 'done' || !this.#isAsBefore(answer.state)) return undefined;
    this.#asked?.({ request, args: given }, answer, true);
    return answer.effect;
  }

  // Where a key leaves something out, states that it takes for one must agree in this: there only the very same state will
  // do. What may go wrong otherwise makes no difference: a schedule has to mean the same without what does not happen in it.
  #isAsBefore(state: unknown): boolean {
    if (state === this.part) return true;
    return !this.#service.view && !this.#knowsTime && isSame(state, this.part);
  }

  /** Carries a request out and enters it in the ledger. Returns the result and the line for the story. */
  answer(
    request: string,
    args: readonly unknown[],
    effect: string,
    key: string,
    { ledger, time }: Pick<Outside, 'ledger' | 'time'>,
  ): { result: unknown; text: string } {
    const before = this.part;
    const { given, answer } = this.#carryOut(request, args, time.now);
    const { state, effect: what, result, text } = answer;
    this.part = state;
    this.#asked?.({ request, args: given }, answer, false);
    if (this.#past && !isSame(state, before)) this.#past.part = { ...this.#past.part, [this.name]: before };
    if (what !== 'none') ledger.enter(effect, key, what);
    return { result, text };
  }

  // Through JSON, as over a network: the two sides share no object.
  #carryOut(request: string, args: readonly unknown[], now: number) {
    const given = JSON.parse(JSON.stringify(args)) as unknown[];
    const answer = requestAt(this.#service.requests[request]!, now)(this.part, ...given);
    if (!EFFECTS.includes(answer.effect))
      throw new Error(`it answers effect "${String(answer.effect)}", which is none of ${EFFECTS.join(', ')}`);
    const { result, state } = answer;
    const plain = result === undefined ? undefined : (JSON.parse(JSON.stringify(result)) as unknown);
    return { given, answer: { ...answer, result: plain, state: keepPlain(state, 'its state') } };
  }
}

/** The services of a world, what happens to their effects, and what lies between them and the process. */
export interface Outside {
  readonly services: ReadonlyMap<string, ServiceResource>;
  readonly effects: Readonly<Record<string, EffectNames>>;
  readonly ledger: Ledger;
  readonly network: Network;
  /** The clock by which they go. */
  readonly time: { readonly now: number };
}

/** Clients of all services for one life. */
export function serviceClients<S extends Services>(definitions: S, outside: Outside, life: Life): ServiceClients<S> {
  const { effects, network, services } = outside;
  const clientOf = (name: string): Record<string, (...args: unknown[]) => Promise<unknown>> =>
    Object.fromEntries(
      Object.keys(definitions[name]!.requests as object).map((request) => {
        const effect = `${name}.${request}`;
        const names = effects[effect];
        const call = (...args: unknown[]): Promise<unknown> => {
          const said = (say: () => string): string => {
            try {
              return say();
            } catch (error) {
              return life.abandon(asServiceThrew(`the text of ${effect}`, error));
            }
          };
          const text = names ? said(() => names.text(...args)) : effect;
          const note = (line: string): void => life.note(line);
          const perform = (): unknown => {
            if (network.refuses(effect)) throw new InjectedError('PermanentError', `${effect}: it is refused for good`);
            try {
              return arrive(outside, { service: name, request, args }, note);
            } catch (error) {
              return life.abandon(asServiceThrew(effect, error));
            }
          };
          const ofService = (): readonly Fault[] => {
            try {
              return services.get(name)!.faultsOf(request, args, life.now);
            } catch (error) {
              return life.abandon(asServiceThrew(effect, error));
            }
          };
          const faults = (): CallFaults => ({
            kinds: [...(names?.class === 'read' ? READ_FAULTS : EFFECT_FAULTS), ...ofService()],
            late: () => network.delay({ service: name, request, args }),
            refuse: () => network.refuse(effect),
            stale: () => services.get(name)!.stale(request, args, life.now),
          });
          return life.call({ name: effect, kind: names ? 'effect' : 'other', text }, perform, faults);
        };
        return [request, call];
      }),
    );
  return Object.fromEntries(Object.keys(definitions).map((name) => [name, clientOf(name)])) as ServiceClients<S>;
}

/** A request reaches its service. */
export function arrive(
  outside: Outside,
  { service, request, args }: LateRequest,
  note: (line: string) => void,
): unknown {
  const effect = `${service}.${request}`;
  const key = outside.effects[effect]?.key(...args) ?? '';
  const answer = outside.services.get(service)!.answer(request, args, effect, key, outside);
  note(answer.text);
  return answer.result;
}

export function asServiceThrew(effect: string, error: unknown): CrashwiseError {
  return simulatorError('service-threw', `${effect} threw: ${String(error)}`, { cause: error });
}

const READ_FAULTS = ['error', 'permanent-error'] as const;
const EFFECT_FAULTS = ['error', 'permanent-error', 'timeout-after', 'late', 'duplicate'] as const;
