import 'crashwise/vitest';
import { now } from 'crashwise/engine';
import type { Scenario } from 'crashwise/simulator';
import { describe, expect, test } from 'vitest';
import { diskPattern, durableFlow, durableSteps, toyScenario } from '../simulator/toy.js';

// Goal: a matcher passes and fails rightly, with `.not` as well, and an undecided search is a pass for nobody. Each
// matcher is seen to fail, and what it then says is read.

/** The toys have no files, and their modules keep nothing: what is imported by mistake is in imported.test.ts. */
const HERE = { assumeNoMemory: true };

const keyed = toyScenario([durableSteps(1, true)], ['step 1']);
const keyless = toyScenario([durableSteps(1, false)], ['step 1']);
/** Does nothing, so that it never ends, without a crash. */
const idle = diskPattern({}, () => {});
const both = toyScenario([durableSteps(1, true), idle], ['step 1']);
/** Closed, and not proved: keys hold no times. */
const timed = toyScenario([durableFlow(async (flash) => flash(now() < 0 ? 'b' : 'a'))], ['a']);

/** What an assertion fails with; it must fail. */
async function failure(assertion: Promise<void>): Promise<string> {
  const error = await assertion.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Error)) throw new Error('The assertion passed.');
  return error.message;
}

describe('toSurviveCrashes', () => {
  test('passes what is proved, and fails with .not, saying what was proved', async () => {
    await expect(keyed).toSurviveCrashes(HERE);
    const message = await failure(expect(keyed).not.toSurviveCrashes(HERE));
    expect(message).toMatch(/^toy breaks nothing under durable\.\n\nPROVED {4}durable: no number of crashes/);
    expect(message).toContain('holds if');
  });

  test('fails what is violated with the story, the schedule and how to run it again; passes it with .not', async () => {
    await expect(keyless).not.toSurviveCrashes();
    const message = await failure(expect(keyless).toSurviveCrashes());
    expect(message).toMatch(/^toy breaks flashed-once under durable\.\n\nVIOLATED {2}flashed-once: step 1 flashed/);
    expect(message).toMatch(/✗ +life 1 dies [^]* life 2 +flash step 1\n/);
    expect(message).toContain('  again     npx crashwise simulate toy --schedule durable:lamp.flash.landed\n');
    expect(message).toContain("  in a test await expect(scenario).toSurvive('durable:lamp.flash.landed');");
    // The line of the user's that bites, as it stands in the file and not in what was made of it.
    expect(message).toMatch(/ test\/simulator\/toy\.ts:\d+\n[^]*> \d+ \| +return keyed \? durableFlow/);
    expect(message).not.toContain('\u001B[');
  });

  test('fails if one of several patterns is violated, and names it; `pattern` chooses', async () => {
    await expect(both).toSurviveCrashes({ ...HERE, pattern: 'durable' });
    await expect(both).toSurviveCrashes({ ...HERE, pattern: ['durable'] });
    await expect(both).not.toSurviveCrashes();
    expect(await failure(expect(both).toSurviveCrashes())).toMatch(/^toy breaks ends under queue\.\n\nVIOLATED/);
  });

  test('fails what is inconclusive both ways, and says why', async () => {
    const limits = { maxStates: 2 };
    const stopped =
      /^Whether toy survives under durable was not decided: .*\n\nINCONCLUSIVE {2}durable: [^]*limit\s+of states, with/;
    expect(await failure(expect(keyed).toSurviveCrashes(limits))).toMatch(stopped);
    expect(await failure(expect(keyed).not.toSurviveCrashes(limits))).toMatch(stopped);
    expect(await failure(expect(keyed).toSurviveCrashes(limits))).toContain('maxStates and budgetMs are the limits');
    for (const assertion of [expect(timed).toSurviveCrashes(), expect(timed).not.toSurviveCrashes()]) {
      expect(await failure(assertion)).toContain('was not decided');
    }
  });

  test('hands its options on', async () => {
    expect(await failure(expect(keyed).toSurviveCrashes({ budgetMs: -1 }))).toContain('The time ran out');
    expect(await failure(expect(keyed).toSurviveCrashes({ faults: ['gremlin'] }))).toContain('gremlin');
    const signal = AbortSignal.abort();
    await expect(failure(expect(keyed).toSurviveCrashes({ signal }))).resolves.toContain('Nothing was run');
    await expect(failure(expect(keyed).not.toSurviveCrashes({ signal }))).resolves.toContain('Nothing was run');
  });
});

describe('toBreak', () => {
  test('passes if crashes break the property, and fails with .not, telling the story', async () => {
    await expect(keyless).toBreak('flashed-once');
    const message = await failure(expect(keyless).not.toBreak('flashed-once'));
    expect(message).toMatch(/^toy breaks flashed-once under durable\.\n\nVIOLATED {2}flashed-once: step 1 flashed/);
  });

  test('fails if nothing breaks it, and passes with .not', async () => {
    await expect(keyed).not.toBreak('flashed-once', HERE);
    expect(await failure(expect(keyed).toBreak('flashed-once', HERE))).toMatch(
      /^toy does not break flashed-once under durable\.\n\nPROVED/,
    );
  });

  test('fails both ways if another property is broken, for the search ends there, or nothing is decided', async () => {
    for (const assertion of [expect(keyless).toBreak('ends'), expect(keyless).not.toBreak('ends')]) {
      expect(await failure(assertion)).toMatch(
        /^No crash was found that breaks ends, and not all were looked at\. toy breaks flashed-once [^]*VIOLATED/,
      );
    }
    const limits = { maxStates: 2 };
    for (const assertion of [expect(keyed).toBreak('ends', limits), expect(keyed).not.toBreak('ends', limits)]) {
      expect(await failure(assertion)).toMatch(/^No crash was found that breaks ends, [^]*INCONCLUSIVE/);
    }
  });

  test('refuses a property that the scenario does not have, with .not as well', async () => {
    const message = 'The scenario has no property "flashed-twice". It has: flashed-once, ends.';
    expect(await failure(expect(keyed).toBreak('flashed-twice'))).toBe(message);
    expect(await failure(expect(keyed).not.toBreak('flashed-twice'))).toBe(message);
  });
});

describe('toSurvive', () => {
  const SCHEDULE = 'durable:lamp.flash.landed';

  test('passes a schedule that breaks nothing, and fails with .not, telling what happened', async () => {
    await expect(keyed).toSurvive(SCHEDULE, HERE);
    const message = await failure(expect(keyed).not.toSurvive(SCHEDULE, HERE));
    expect(message).toMatch(/^toy breaks nothing under this schedule of durable\./);
    expect(message).toContain('the lamp knows this');
  });

  test('fails a schedule that breaks something, with its story, and passes it with .not', async () => {
    await expect(keyless).not.toSurvive(SCHEDULE);
    const message = await failure(expect(keyless).toSurvive(SCHEDULE));
    expect(message).toContain('VIOLATED  flashed-once: step 1 flashed twice.');
    expect(message).toContain(`await expect(scenario).toSurvive('${SCHEDULE}');`);
  });

  test('is an error both ways for a schedule that does not fit or cannot be read', async () => {
    for (const [schedule, message] of [
      ['durable:nowhere.landed', 'Life 1 never comes to nowhere.landed'],
      ['nonsense', '"nonsense" does not begin with a pattern'],
      ['queue:', 'Scenario toy has no pattern "queue"'],
    ] as const) {
      expect(await failure(expect(keyed).toSurvive(schedule))).toContain(message);
      expect(await failure(expect(keyed).not.toSurvive(schedule))).toContain(message);
    }
  });
});

test.each([undefined, null, 5, {}, () => keyed, { steps: [] }, new URL('https://example.org/scenario.ts')])(
  'what is no scenario is refused, with .not as well: %s',
  async (given) => {
    const refused = /^expect\(\) was given neither a scenario nor the path or file URL of one: |^Scenario /;
    expect(await failure(expect(given).toSurviveCrashes())).toMatch(refused);
    expect(await failure(expect(given).not.toSurviveCrashes())).toMatch(refused);
    expect(await failure(expect(given).toSurvive('durable:'))).toMatch(refused);
    expect(await failure(expect(given).not.toBreak('ends'))).toMatch(refused);
  },
);

test('a pattern that the scenario does not bring, or none at all, is refused', async () => {
  expect(await failure(expect(keyed).not.toSurviveCrashes({ pattern: 'queue' }))).toContain('has no pattern "queue"');
  expect(await failure(expect(keyed).not.toSurviveCrashes({ pattern: [] }))).toContain('The list of patterns is empty');
});

test('the types say what may be given', () => {
  const scenario = keyed as Scenario;
  // @ts-expect-error -- a number of states
  expect(() => expect(scenario).toSurviveCrashes({ maxStates: 'many' })).toBeTypeOf('function');
  // @ts-expect-error -- a schedule is needed
  expect(() => expect(scenario).toSurvive()).toBeTypeOf('function');
  // @ts-expect-error -- one schedule has no pattern to choose, and no limits
  expect(() => expect(scenario).toSurvive('durable:', { maxStates: 2 })).toBeTypeOf('function');
  // @ts-expect-error -- schedules have a matcher of their own
  expect(() => expect(scenario).toSurviveCrashes({ schedule: 'durable:' })).toBeTypeOf('function');
});
