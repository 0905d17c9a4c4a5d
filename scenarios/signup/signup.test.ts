import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createJiti } from 'jiti';
import { accidental, simulate, type AccidentalApp, type AccidentalTools, type Scenario } from 'crashwise/simulator';
import { expect, test } from 'vitest';
import scenario from './scenario.js';
import type { services } from './services.js';
import type { SignupInput } from './workflow.js';

const HOUR_MS = 3_600_000;
const signup = scenario as unknown as Scenario;

async function run(changed: Scenario, pattern: string) {
  const { runs } = await simulate({ scenarios: [changed], patterns: [pattern] });
  expect(runs).toHaveLength(1);
  return runs[0]!;
}

/** The scenario with some lines of accidental.ts changed; each must be there exactly once. */
function withChanges(changes: readonly (readonly [from: string, to: string])[]): Scenario {
  let source = readFileSync(new URL('./accidental.ts', import.meta.url), 'utf8');
  for (const [from, to] of changes) {
    expect(source.split(from), `"${from}" occurs once`).toHaveLength(2);
    source = source.replace(from, to);
  }
  const module = createJiti(import.meta.url).evalModule(source, {
    filename: fileURLToPath(new URL('./accidental.ts', import.meta.url)),
  }) as {
    signupApp: (tools: AccidentalTools<typeof services>) => AccidentalApp<SignupInput & { id: string }>;
  };
  const request = { id: 's1', email: 'ada@example.com', plan: { name: 'team', amount: 49 } };
  const pattern = accidental({ request, stuckAfterMs: HOUR_MS, sweepEveryMs: HOUR_MS, app: module.signupApp });
  return { ...signup, patterns: [pattern] };
}

const KEY_FROM_ROW = ['const key = randomUUID();', 'const key = `charge:${row.id}`;'] as const;
const SWEEP_BOTH = ["status: ['charged']", "status: ['charged', 'provisioned']"] as const;

test('durable is proved: closed, any number of crashes, all schedules', async () => {
  const { verdict, closed, certificate, violations } = await run(signup, 'durable');
  expect({ verdict, closed, violations }).toEqual({ verdict: 'proved', closed: true, violations: [] });
  expect(certificate).toMatchObject({ crashes: 'unbounded', schedules: 'all', key: 'full', omissionProbability: 0 });
});

test('accidental charges twice, and separately never ends, each after one crash', async () => {
  const { verdict, violations } = await run(signup, 'accidental');
  expect(verdict).toBe('violated');
  expect(violations.map(({ property, crashes, schedule }) => ({ property, crashes, schedule }))).toEqual([
    { property: 'charged-once', crashes: 1, schedule: 'accidental:cards.charge.landed' },
    { property: 'signup-ends', crashes: 1, schedule: 'accidental:signups.set:provisioned.landed' },
  ]);
});

test('the point of no return is the crash in each story: until then, some way on is good', async () => {
  const { violations } = await run(signup, 'accidental');
  for (const { story, pointOfNoReturn } of violations) {
    expect(story.find(({ kind }) => kind === 'crash')?.n).toBe(pointOfNoReturn);
  }
});

// What the machinery around the flow leaves out, a lock, an order of roles, a job that is there already, shows here.
test('the graphs have the size that was looked at once, state by state', async () => {
  const sizes = async (pattern: string) => {
    const { states, lives, edges, crashPoints } = await run(signup, pattern);
    return { states, lives, edges, crashPoints };
  };
  expect(await sizes('durable')).toEqual({ states: 25, lives: 35, edges: 1_541, crashPoints: 57 });
  expect(await sizes('accidental')).toEqual({ states: 216, lives: 965, edges: 41_200, crashPoints: 73 });
});

test('each schedule, run again, tells the same story', async () => {
  const { violations } = await run(signup, 'accidental');
  for (const violation of violations) {
    const { runs } = await simulate({ scenarios: [signup], schedule: violation.schedule });
    expect(runs[0]!.violations).toEqual([violation]);
  }
});

test('with the key made from the row and the sweeper reading both states, accidental is proved', async () => {
  const { verdict, violations } = await run(withChanges([KEY_FROM_ROW, SWEEP_BOTH]), 'accidental');
  expect({ verdict, violations }).toEqual({ verdict: 'proved', violations: [] });
});

test('each of the two changes alone leaves the other fault', async () => {
  const properties = async (change: readonly [string, string]) =>
    (await run(withChanges([change]), 'accidental')).violations.map(({ property }) => property);
  expect(await properties(KEY_FROM_ROW)).toEqual(['signup-ends']);
  expect(await properties(SWEEP_BOTH)).toEqual(['charged-once']);
});

test('the welcome mail may go out twice as it is declared; declared exactly-once, the same run is violated', async () => {
  const allowed = await run(signup, 'durable');
  expect(allowed.twiceAllowed).toEqual([
    { effect: 'mail.send', title: 'send welcome mail', crashes: 1, schedule: 'durable:mail.send.landed' },
  ]);
  const steps = signup.steps.map((step) =>
    step.effect === 'mail.send' ? { ...step, class: 'exactly-once' as const } : step,
  );
  const forbidden = await run({ ...signup, steps }, 'durable');
  expect(forbidden.verdict).toBe('violated');
  expect(forbidden.violations).toMatchObject([
    {
      property: 'welcomed',
      sentence: expect.stringContaining('Signup s1 was welcomed twice.'),
      crashes: 1,
      schedule: 'durable:mail.send.landed',
    },
  ]);
});
