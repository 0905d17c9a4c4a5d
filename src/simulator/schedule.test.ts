import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FAULTS } from './fault.js';
import { PHASES } from './point.js';
import { formatSchedule, parseSchedule, type LifePlan, type Schedule } from './schedule.js';

const NOTHING: LifePlan = { choices: [], faults: [] };
const choices = fc.array(fc.nat(12), { maxLength: 5 });
const site = fc.stringMatching(/^[a-z][A-Za-z0-9.:+_-]{0,20}$/).filter((name) => !name.endsWith('.'));
const place = { site, occurrence: fc.integer({ min: 1, max: 30 }), life: fc.constant(2) };
const requiredKeys = ['site', 'occurrence'] as const;
const faults = fc.array(
  fc.record({ ...place, fault: fc.constantFrom(...FAULTS) }, { requiredKeys: [...requiredKeys, 'fault'] }),
  { maxLength: 3 },
);
const cut: fc.Arbitrary<LifePlan> = fc.record({
  choices,
  faults,
  crash: fc.record({ ...place, phase: fc.constantFrom(...PHASES) }, { requiredKeys: [...requiredKeys, 'phase'] }),
});
const schedule: fc.Arbitrary<Schedule> = fc
  .tuple(fc.constantFrom('durable', 'accidental', 'status-column'), fc.array(cut, { maxLength: 4 }), choices, faults)
  .map(([pattern, lives, last, wrong]) => ({ pattern, lives: [...lives, { choices: last, faults: wrong }] }));

test('what is printed is read back as the same schedule', () => {
  fc.assert(
    fc.property(schedule, (given) => {
      expect(parseSchedule(formatSchedule(given))).toEqual({ ...given, lives: given.lives.map(withoutTrailingZeros) });
    }),
  );
});

test('what goes without saying is not printed', () => {
  const crash = { site: 'cards.charge', occurrence: 1, phase: 'landed' as const };
  const text = formatSchedule({ pattern: 'accidental', lives: [{ choices: [0, 0], faults: [], crash }, NOTHING] });
  expect(text).toBe('accidental:cards.charge.landed');
  const again = { ...crash, occurrence: 2 };
  const plan = { choices: [1, 0], faults: [{ site: 'cards.charge', occurrence: 2, fault: 'timeout-after' as const }] };
  expect(
    formatSchedule({
      pattern: 'durable',
      lives: [
        { ...plan, crash: again },
        { ...NOTHING, choices: [0, 2] },
      ],
    }),
  ).toBe('durable:~1!timeout-after=cards.charge#2@cards.charge#2.landed/~0.2');
});

test.each([
  '',
  'landed',
  ':cards.charge.landed',
  'durable:cards.charge',
  'durable:a.landed//b.landed',
  'durable:~x@a.landed',
  'durable:a.exploded',
  'durable:!boom=a.b',
  'durable:!error',
  'durable:!error=a.b#x',
])('"%s" is refused', (text) => {
  expect(() => parseSchedule(text)).toThrow(expect.objectContaining({ code: 'schedule-unreadable' }));
});

function withoutTrailingZeros(plan: LifePlan): LifePlan {
  return { ...plan, choices: plan.choices.slice(0, plan.choices.findLastIndex((choice) => choice !== 0) + 1) };
}

test('a phase that there is not is named as what is wrong', () => {
  expect(() => parseSchedule('queue:cards.charge.landet')).toThrow(
    'Life 1 of the schedule, "cards.charge.landet", ends in no phase: before, in-flight, landed, acknowledged.',
  );
  expect(() => parseSchedule('queue:a#landed')).toThrow('is not of the form');
});
