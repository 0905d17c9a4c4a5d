import { addTo, defineScenario, defineService, queue, simulate, withTime, type Scenario } from 'crashwise/simulator';
import { describe, expect, test } from 'vitest';

// Goal: a service that knows the time is searched to closure, and no deadline of it is missed or taken for passed.

const HOUR_MS = 3_600_000;

/** A till that knows a key for a while, and books it again after that. */
function tillThatForgets(afterMs: number) {
  interface Till {
    readonly booked: number;
    readonly key: { readonly forgotten: { readonly deadlineMs: number } } | null;
  }
  return defineService({
    initial: { booked: 0, key: null } as Till,
    requests: {
      book: withTime((nowMs) => (state: Till) => {
        if (state.key && state.key.forgotten.deadlineMs > nowMs) {
          return { state, result: null, effect: 'refused', text: 'booked before' };
        }
        const key = { forgotten: { deadlineMs: nowMs + afterMs } };
        return { state: { booked: Math.min(state.booked + 1, 2), key }, result: null, effect: 'done', text: 'booked' };
      }),
    },
  });
}

type Book = (book: () => Promise<null>, extend: (ms: number) => Promise<void>) => Promise<void>;

function booking(
  forgetsAfterMs: number,
  restartWithinMs?: number,
  handle: Book = (book) => book().then(() => {}),
): Scenario {
  const services = { till: tillThatForgets(forgetsAfterMs) };
  return defineScenario({
    name: 'booking',
    title: 'book once',
    services,
    keys: ['b1'],
    steps: [
      {
        title: 'book',
        effect: 'till.book',
        class: 'exactly-once',
        property: 'booked-once',
        key: () => 'b1',
        text: () => 'book',
        twice: () => 'Booked twice.',
        never: () => 'Never booked.',
      },
    ],
    goal: { property: 'ends', reached: ({ till }) => till.booked > 0, missed: (where) => `It never ends: ${where}.` },
    patterns: [
      queue<typeof services>({
        messages: [{ name: 'book', data: { id: 'b1' } }],
        jobs: ({ services: { till } }) => ({
          book: (job) =>
            handle(
              () => till.book(),
              (ms) => job.extend(ms),
            ),
        }),
      }),
    ],
    ...(restartWithinMs === undefined ? {} : { restartWithinMs }),
    assumes: [],
  }) as unknown as Scenario;
}

async function outcomeOf(scenario: Scenario): Promise<string> {
  const { runs } = await simulate({ scenarios: [scenario] });
  const { verdict, stoppedBy, violations } = runs[0]!;
  return [verdict, stoppedBy, ...violations.map(({ property, crashes }) => `${property} ${crashes}`)].join(' ');
}

describe('a key that is forgotten', () => {
  test('while a worker may stay away for any time, the second try may come after that', async () => {
    expect(await outcomeOf(booking(24 * HOUR_MS))).toBe('violated closed booked-once 1');
  });

  test('when it is back before that, it does not', async () => {
    expect(await outcomeOf(booking(24 * HOUR_MS, HOUR_MS))).toBe('proved closed');
  });

  test('at the very moment at which it is back, it is gone', async () => {
    expect(await outcomeOf(booking(HOUR_MS, HOUR_MS))).toBe('violated closed booked-once 1');
    // A moment more, and it takes two absences.
    expect(await outcomeOf(booking(HOUR_MS + 1, HOUR_MS))).toBe('violated closed booked-once 2');
  });

  test('while a living worker waits, it is forgotten however soon a dead one is back', async () => {
    const hidden: Book = async (book, extend) => {
      await book();
      await extend(25 * HOUR_MS);
    };
    // After a crash the message stays hidden for longer than the key is known.
    expect(await outcomeOf(booking(24 * HOUR_MS, HOUR_MS, hidden))).toMatch(/^violated .* booked-once 1$/);
    // Where it is known for longer than that, it takes one more such wait.
    expect(await outcomeOf(booking(26 * HOUR_MS, HOUR_MS, hidden))).toMatch(/^violated .* booked-once 2$/);
  });
});

/** A door that opens after a day, and a worker that tries it again and again. */
function patience(opensAfterMs: number, backoffMs: number): Scenario {
  interface Door {
    readonly open: boolean;
    readonly opens: { readonly deadlineMs: number };
  }
  const door = defineService({
    initial: { open: false, opens: { deadlineMs: opensAfterMs } } as Door,
    requests: {
      enter: withTime((nowMs) => (state: Door) => {
        const open = nowMs >= state.opens.deadlineMs;
        if (!open) return { state, result: open, effect: 'none', text: 'it is shut' };
        return { state: { ...state, open }, result: open, effect: 'done', text: 'it is open' };
      }),
    },
  });
  const services = { door };
  return defineScenario({
    name: 'patience',
    title: 'wait for a door',
    services,
    keys: ['d1'],
    steps: [
      {
        title: 'enter',
        effect: 'door.enter',
        class: 'at-least-once',
        property: 'entered',
        key: () => 'd1',
        text: () => 'try the door',
        twice: () => 'Entered twice.',
        never: () => 'Never entered.',
      },
    ],
    goal: { property: 'ends', reached: (world) => world.door.open, missed: (where) => `It never ends: ${where}.` },
    patterns: [
      queue<typeof services>({
        messages: [{ name: 'enter', data: { id: 'd1' } }],
        backoffMs,
        jobs: (tools) => ({
          async enter() {
            if (!(await tools.services.door.enter())) throw new Error('shut');
          },
        }),
      }),
    ],
    assumes: [],
  }) as unknown as Scenario;
}

test('tries that go round in front of a deadline are no circle: it passes', async () => {
  const { runs } = await simulate({ scenarios: [patience(24 * HOUR_MS, HOUR_MS)] });
  // Whether each merged pair behaves alike is another question: how many tries are left is not in the keys.
  expect(runs[0]!.violations).toEqual([]);
});

test('a restartWithinMs that is no time is refused', async () => {
  const broken = { ...booking(HOUR_MS), restartWithinMs: Number.NaN };
  await expect(simulate({ scenarios: [broken] })).rejects.toMatchObject({ code: 'scenario-invalid' });
});

test('without a number, the certificate says any', async () => {
  const assumes = async (scenario: Scenario) =>
    (await simulate({ scenarios: [scenario] })).runs[0]!.certificate.assumes;
  expect((await assumes(booking(HOUR_MS)))[0]).toContain('restartWithin: any');
  expect((await assumes(booking(HOUR_MS, 90 * 60_000)))[0]).toContain('restartWithin: 90min');
});

test('what nobody can add is refused', () => {
  expect(() => addTo(booking(HOUR_MS), 'queue', ['luck'])).toThrow('Nothing called "luck" can be added to queue');
  expect(() => addTo(booking(HOUR_MS), 'durable', [])).toThrow('has no pattern "durable"');
});
