import * as fc from 'fast-check';
import {
  blocksOf,
  SIGNALS,
  type Block,
  type Call,
  type Expression,
  type Statement,
  type Test,
  type Trial,
} from './program.js';

const MAX_DEPTH = 4;
// Statements that one run may go through: a history is replayed hundreds of times.
const MAX_STEPS = 30;

type Arb<T> = fc.Arbitrary<T>;

const seconds = (most: number): Arb<number> => fc.integer({ min: 1, max: most }).map((s) => s * 1_000);
const signalName = fc.constantFrom(...SIGNALS);
const label = fc.constant(0); // Set when the program is whole.

const expression: Arb<Expression> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('constant' as const), value: fc.nat(9) }) },
  { weight: 3, arbitrary: fc.constant({ kind: 'last' as const }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom('received', 'now', 'random', 'uuid') }) },
);

const callWith = (behaviour: Arb<Pick<Call, 'policy' | 'fails' | 'error'>>): Arb<Call> =>
  fc
    .record({
      behaviour,
      name: fc.constantFrom('fetch', 'fetch', 'store', 'notify'),
      slowMs: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 2, arbitrary: seconds(5_000) }),
      arg: expression,
    })
    .map(({ behaviour: { policy, fails, error }, name, slowMs, arg }) => {
      return { kind: 'call', label: 0, name, policy, fails, error, slowMs, arg };
    });

const sound = fc.record({
  policy: fc.constantFrom('once' as const, 'unbounded' as const),
  fails: fc.constant(0),
  error: fc.constant('Error' as const),
});
const flaky = fc.constantFrom<Pick<Call, 'policy' | 'fails' | 'error'>>(
  { policy: 'unbounded', fails: 1, error: 'Error' },
  { policy: 'unbounded', fails: 3, error: 'FatalError' },
  { policy: 'three', fails: 2, error: 'Error' },
  { policy: 'picky', fails: 1, error: 'Error' },
);
const hopeless = fc.constantFrom<Pick<Call, 'policy' | 'fails' | 'error'>>(
  { policy: 'once', fails: 1, error: 'Error' },
  { policy: 'three', fails: 9, error: 'Error' },
  { policy: 'picky', fails: 9, error: 'Error' },
  { policy: 'picky', fails: 1, error: 'FatalError' },
);
const failing = callWith(hopeless);
const succeeding = callWith(fc.oneof({ weight: 4, arbitrary: sound }, { weight: 2, arbitrary: flaky }));

const test: Arb<Test> = fc.oneof(
  fc.constant({ kind: 'last-even' as const }),
  fc.record({ kind: fc.constant('received' as const), signal: signalName, atLeast: fc.integer({ min: 1, max: 3 }) }),
  fc.constant({ kind: 'random' as const }),
);

const waiting: Arb<Statement> = fc.record({
  kind: fc.constant('wait' as const),
  label,
  signal: signalName,
  more: fc.constantFrom(1, 1, 2, 0),
  timeoutMs: fc.option<number>(fc.oneof(fc.constantFrom(0, 60_000), seconds(5_000)), { freq: 2 }),
});

const leaf: Arb<Statement> = fc.oneof(
  { weight: 9, arbitrary: succeeding },
  { weight: 1, arbitrary: failing },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('start' as const), call: fc.oneof(succeeding, succeeding, failing) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('join' as const), index: fc.nat(2) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('sleep' as const),
      label,
      // Equal ones fire in one commit, 0 fires at once.
      ms: fc.oneof(fc.constantFrom(0, 60_000), seconds(5_000)),
    }),
  },
  { weight: 4, arbitrary: waiting },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('handler' as const),
      label,
      signal: signalName,
      call: fc.option(callWith(fc.oneof(sound, flaky)), { freq: 3 }),
      relay: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('throw' as const), label }) },
);

const statement = fc.memo((depth): Arb<Statement> => {
  if (depth <= 1) return leaf;
  const body = block(depth - 1, 2);
  const optional = block(depth - 1, 1, 0);
  // Now and then all wait for the same first, so that one event lets several go on.
  const branches = fc
    .tuple(fc.array(block(depth - 1, 2), { minLength: 2, maxLength: 3 }), fc.option(waiting, { freq: 2 }))
    .map(([blocks, first]) => (first === null ? blocks : blocks.map((rest): Block => [first].concat(rest))));
  const attempted = fc
    .tuple(
      optional,
      fc.oneof({ weight: 3, arbitrary: failing.map((call): Block => [call]) }, { weight: 1, arbitrary: body }),
    )
    .map((parts) => parts.flat());
  return fc.oneof(
    { weight: 5, arbitrary: leaf },
    { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('all', 'race', 'settled'), label, branches }) },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant('loop' as const), times: fc.integer({ min: 1, max: 3 }), body }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant('try' as const), label, body: attempted, rescue: optional }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('if' as const), test, yes: body, no: optional }) },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('patch' as const),
        id: fc.constantFrom('p', 'p', 'q'),
        yes: body,
        no: optional,
      }),
    },
  );
});

function block(depth: number, maxLength: number, minLength = 1): Arb<Block> {
  return fc.array(statement(depth), { minLength, maxLength });
}

// One change of the code at two places: an execution may pass the first with the old code, the second with the new.
const changes: Arb<readonly Statement[]> = fc
  .tuple(succeeding, succeeding)
  .map(([yes, no]): Statement => ({ kind: 'patch', id: 'p', yes: [yes], no: [no] }))
  .map((change) => [change, change]);

const programs: Arb<Block> = fc
  .tuple(
    block(MAX_DEPTH + 1, 4, 2),
    fc.oneof({ weight: 5, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: changes }),
  )
  .map(([[first, ...rest], [before, after]]) => [before, first, after, ...rest].filter((one) => one !== undefined))
  .filter((program) => stepsOf(program) <= MAX_STEPS)
  .map((program) => withLabels(program));

/** Programs with all that a run of them needs. */
export const trials: Arb<Trial> = fc.record({
  program: programs,
  version: fc.constantFrom(1, 0, 0, 2),
  upgradeAt: fc.option(fc.integer({ min: 2, max: 8 }), { freq: 2 }),
  signals: fc.array(
    fc.record({ name: signalName, at: fc.integer({ min: 1, max: 10 }), mode: fc.constantFrom('after', 'before') }),
    { maxLength: 8 },
  ),
  seed: fc.nat(),
});

// Numbers the statements, so that each call of a run has a name of its own.
function withLabels(program: Block): Block {
  let count = 0;
  const number = <T>(value: T): T => {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map(number) as T;
    const entries = Object.entries(value).map(([key, member]) => [
      key,
      key === 'label' ? (count += 1) : number(member),
    ]);
    return Object.fromEntries(entries) as T;
  };
  return number(program);
}

function stepsOf(program: Block): number {
  return program.reduce((sum, inner) => {
    const times = inner.kind === 'loop' ? inner.times : 1;
    return sum + 1 + times * blocksOf(inner).reduce((within, body) => within + stepsOf(body), 0);
  }, 0);
}
