import { describe, expect, test } from 'vitest';
import { Life, type Site } from './life.js';
import type { DurableState } from './state.js';

const site = (name: string): Site => ({ name, kind: 'effect', text: name });

/** A life over one part, a list that calls append to. */
function listLife(choices: readonly number[] = [], onStray?: (site: Site) => void) {
  let state: DurableState = { parts: { list: [] }, now: 0, fresh: 0 };
  const life: Life = new Life({
    now: 0,
    choices,
    ...(onStray ? { onStray } : {}),
    snapshot: () => (state.now === life.now ? state : (state = { ...state, now: life.now })),
  });
  const append = (name: string): Promise<string> =>
    life.call(site(name), () => {
      state = { ...state, parts: { list: [...(state.parts['list'] as string[]), name] } };
      return `${name} done`;
    });
  return { life, append, list: () => state.parts['list'] };
}

const never = (): undefined => undefined;

test('one call leaves four moments, each with what a crash there leaves', async () => {
  const { life, append } = listLife();
  const answers: string[] = [];
  void append('a').then((answer) => answers.push(answer));
  expect(await life.run(never)).toBe('rest');
  expect(life.moments.map(({ point, state }) => [point.phase, state.parts['list']])).toEqual([
    ['before', []],
    ['in-flight', []],
    ['landed', ['a']],
    ['acknowledged', ['a']],
    ['before', ['a']], // The wait at the end.
  ]);
  expect(answers).toEqual(['a done']);
});

test('of calls in flight together, any may land first and any may be answered first', async () => {
  const orders = new Set<string>();
  const seen = new Set<string>();
  for (let prefix: number[] | undefined = []; prefix;) {
    const { life, append, list } = listLife(prefix);
    void Promise.all([append('a'), append('b')]);
    await life.run(never);
    orders.add(JSON.stringify(list()));
    for (const { state } of life.moments) seen.add(JSON.stringify(state.parts['list']));
    const last = life.choices.findLastIndex(({ of, taken }) => taken + 1 < of);
    const taken: number[] = life.choices.map((choice) => choice.taken);
    prefix = last < 0 ? undefined : [...taken.slice(0, last), taken[last]! + 1];
  }
  expect(orders).toEqual(new Set(['["a","b"]', '["b","a"]']));
  expect(seen).toEqual(new Set(['[]', '["a"]', '["b"]', '["a","b"]', '["b","a"]'])); // Every subset of what was in flight.
});

test('an error of the other side is an answer like any other', async () => {
  const { life } = listLife();
  const caught: string[] = [];
  void life
    .call(site('broken'), () => {
      throw new Error('no such row');
    })
    .catch((error: Error) => caught.push(error.message));
  await life.run(never);
  expect(caught).toEqual(['no such row']);
  expect(life.moments.find(({ point }) => point.phase === 'landed')?.text).toBe('refused: no such row');
});

describe('the end of a life', () => {
  test('a dead life answers nothing: its calls never settle, change nothing and are told', async () => {
    const strays: string[] = [];
    const { life, append, list } = listLife([], ({ name }) => strays.push(name));
    await life.run(never);
    let settled = false;
    void append('late').finally(() => (settled = true));
    await new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
    expect({ settled, strays, list: list() }).toEqual({ settled: false, strays: ['late'], list: [] });
  });

  test('finally blocks do not run: a crash is not an exception', async () => {
    const { life } = listLife();
    let cleaned = false;
    await life.run(never);
    const dying = async (): Promise<void> => {
      try {
        await life.call(site('a'), () => 1);
      } finally {
        cleaned = true;
      }
    };
    void dying();
    await new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
    expect(cleaned).toBe(false);
  });

  test('rest comes only after what repeats has come round without a change', async () => {
    const { life, append, list } = listLife();
    const sweep = (round: number): void => {
      life.clock.at(life.now + 3_600_000, () => {
        if (round < 3) void append(`sweep ${round}`);
        sweep(round + 1);
      });
    };
    sweep(1);
    expect(await life.run(never)).toBe('rest');
    expect(list()).toEqual(['sweep 1', 'sweep 2']);
  });

  test('a process that never rests is endless, not proved', async () => {
    const { life, append } = listLife();
    const busy = async (): Promise<never> => {
      for (;;) await append('again');
    };
    void busy();
    expect(await life.run(never)).toBe('endless');
  });
});

test('time jumps to the next deadline, of the process or of the state, and only when nothing is in flight', async () => {
  const { life, append } = listLife();
  const times: number[] = [];
  life.clock.at(500, () => times.push(life.now));
  void append('a').then(() => times.push(life.now));
  await life.run(() => (life.now < 200 ? 200 : undefined));
  expect(times).toEqual([0, 500]);
});
