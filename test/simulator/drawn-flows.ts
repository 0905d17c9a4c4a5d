import fc from 'fast-check';
import { defineService, withTime, type Scenario } from 'crashwise/simulator';
import { diskPattern, toyScenario } from './toy.js';

/** Of 0, 1 and 2. */
type Small = 0 | 1 | 2;

/** What a service makes of a request in one of its three states. */
interface Turn {
  readonly to: Small;
  readonly effect: 'done' | 'refused' | 'none';
  /** Where it stays: whether it answers with a state of its own making. */
  readonly remakes: boolean;
}

/** A service without sense: `view` also keeps what nobody asks for, `time` falls back to its first state after a while. */
interface DrawnService {
  readonly kind: 'plain' | 'view' | 'time';
  /** By request, then by state. */
  readonly turns: readonly (readonly Turn[])[];
}

interface Ask {
  readonly service: 'lamp' | 'other';
  readonly what: Small;
  readonly tries: 1 | 2;
  /** Whether what was reached is written down. */
  readonly writes: boolean;
  /** How the answer matters: with this one, the next ask is left out. */
  readonly skipsAt: Small;
  readonly waits: boolean;
  /** Together with the next one. */
  readonly joins: boolean;
}

export interface DrawnFlow {
  readonly services: readonly [DrawnService, DrawnService];
  readonly asks: readonly Ask[];
  readonly kind: 'at-most-once' | 'at-least-once';
  readonly never: readonly [Small, Small];
  readonly badEnd: Small | undefined;
  readonly faults: readonly string[];
  readonly maxFaults: number;
  readonly zombies: boolean;
}

const small = fc.constantFrom<Small[]>(0, 1, 2);
const effects = fc.constantFrom<Turn['effect'][]>('done', 'refused', 'none');
// Services of use refuse what they know.
const turn = (here: Small): fc.Arbitrary<Turn> =>
  fc.oneof(
    fc.record({ to: small, effect: effects, remakes: fc.boolean() }),
    fc.record({ to: fc.constant(here), effect: fc.constant('refused' as const), remakes: fc.boolean() }),
  );
const perState = fc.tuple(turn(0), turn(1), turn(2));
const service = fc.record({
  kind: fc.constantFrom<DrawnService['kind'][]>('plain', 'plain', 'view', 'time'),
  turns: fc.tuple(perState, perState, perState),
});
const ask = fc.record({
  service: fc.constantFrom<Ask['service'][]>('lamp', 'lamp', 'other'),
  what: small,
  tries: fc.constantFrom<Ask['tries'][]>(1, 2),
  writes: fc.boolean(),
  skipsAt: small,
  waits: fc.constantFrom(false, false, true),
  joins: fc.constantFrom(false, false, false, true),
});

/** Small flows of any kind over services of any kind, in which requests may be late. */
export const drawnFlow: fc.Arbitrary<DrawnFlow> = fc.record({
  services: fc.tuple(service, service),
  asks: fc.array(ask, { minLength: 1, maxLength: 3 }),
  kind: fc.constantFrom<DrawnFlow['kind'][]>('at-most-once', 'at-least-once', 'at-least-once'),
  never: fc.tuple(small, small),
  badEnd: fc.option(small, { nil: undefined }),
  faults: fc.constantFrom(
    ['late'],
    ['late'],
    ['late', 'timeout-after'],
    ['late', 'stale-read'],
    ['late', 'permanent-error'],
  ),
  maxFaults: fc.constantFrom(1, 2),
  zombies: fc.constantFrom(false, false, false, true),
});

type State = { readonly n: Small; readonly last?: Small; readonly until?: { readonly deadlineMs: number } };
type Client = { ask(request: { what: Small }): Promise<Small> };

const WINDOW_MS = 5_000;

function serviceOf({ kind, turns }: DrawnService) {
  const answer =
    (nowMs: number) =>
    (state: State, { what }: { what: Small }) => {
      const isOver = state.until !== undefined && state.until.deadlineMs <= nowMs;
      const here = isOver ? 0 : state.n;
      const { to, effect, remakes } = turns[what]![here]!;
      const made = {
        n: to,
        ...(kind === 'view' ? { last: what } : {}),
        ...(kind === 'time' && to !== 0 ? { until: { deadlineMs: nowMs + WINDOW_MS } } : {}),
      };
      return { state: to === here && !isOver && !remakes ? state : made, result: to, effect, text: `${here} to ${to}` };
    };
  return defineService({
    initial: { n: 0 } as State,
    requests: { ask: kind === 'time' ? withTime(answer) : answer(0) },
    ...(kind === 'view' ? { view: ({ n }: State) => n } : {}),
  });
}

function pattern(asks: readonly Ask[]) {
  const disk = diskPattern({ at: 0 }, () => {});
  const start: typeof disk.start = ({ life, services }, [resource]) => {
    const held = resource as { part: { at: number } };
    const clients = services as unknown as Record<Ask['service'], Client>;
    const sent = async ({ service: name, what, tries }: Ask): Promise<Small | undefined> => {
      for (let attempt = 1; attempt <= tries; attempt += 1) {
        try {
          return await clients[name].ask({ what });
        } catch {
          // Once more, or never.
        }
      }
      return undefined;
    };
    void (async () => {
      for (let at = held.part.at; at < asks.length; at += 1) {
        const [here, next] = [asks[at]!, asks[at + 1]];
        const joined = here.joins && next;
        const [result] = await Promise.all([sent(here), ...(joined ? [sent(next)] : [])]);
        if (joined || result === here.skipsAt) at += 1;
        if (here.waits) await new Promise<void>((resolve) => void life.clock.at(life.now + WINDOW_MS, resolve));
        const reached = at + 1;
        if (here.writes)
          await life.call({ name: 'write', kind: 'record', text: '' }, () => void (held.part = { at: reached }));
      }
    })().catch(() => {}); // A write that fails is the end of it.
  };
  return { ...disk, start };
}

type Outside = { lamp: State; other: State };

export function scenarioOf({ services: [lamp, other], asks, kind, never, badEnd }: DrawnFlow): Scenario {
  const toy = toyScenario([pattern(asks)], [], kind);
  const steps = ['lamp.ask', 'other.ask'].map((effect) => ({
    ...toy.steps[0]!,
    effect,
    property: `${effect} once`,
    key: ({ what }: { what: Small }) => `${what}`,
    text: ({ what }: { what: Small }) => `${what}`,
  }));
  const pairs = [0, 1, 2].flatMap((one) => [0, 1, 2].map((two) => [one, two] as const));
  return {
    ...toy,
    services: { lamp: serviceOf(lamp), other: serviceOf(other) },
    steps,
    invariants: [
      {
        property: 'never both',
        holds: (outside: Outside) => outside.lamp.n !== never[0] || outside.other.n !== never[1],
        broken: () => 'Both are there.',
      },
    ],
    sometimes: pairs.map(([one, two]) => ({
      name: `${one} ${two}`,
      holds: (outside: Outside) => outside.lamp.n === one && outside.other.n === two,
    })),
    goal: { property: 'ends', reached: ({ lamp: { n } }: Outside) => n !== badEnd, missed: () => 'It never ends.' },
    outcome: (outside: Outside) => [outside.lamp.n, outside.other.n],
  } as unknown as Scenario;
}
