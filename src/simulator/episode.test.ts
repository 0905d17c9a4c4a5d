import { describe, expect, test } from 'vitest';
import { nextChoices, planOf, type Plan } from './choices.js';
import { Episode, type EpisodeOptions } from './episode.js';
import type { CallFaults, Site } from './life.js';
import type { DurableState } from './state.js';

const site = (name: string): Site => ({ name, kind: 'effect', text: name });

/** One life over one part, a list that calls append to. */
function listLife(
  plan: Partial<Plan> = {},
  options: Partial<EpisodeOptions> & { deadline?: (now: number) => number | undefined } = {},
) {
  const { deadline = () => undefined, ...rest } = options;
  let state: DurableState = { parts: { list: [] }, now: 0, fresh: 0, spent: 0 };
  const episode = new Episode({
    plan: { choices: [], faults: [], ...plan },
    faults: new Set(),
    maxFaults: 0,
    start: state,
    surrounding: {
      snapshot: (now, spent) =>
        state.now === now && state.spent === spent ? state : (state = { ...state, now, spent }),
      contents: ({ parts }) => JSON.stringify(parts),
      key: (now) => JSON.stringify(now),
      deadlines: ({ now }) => [deadline(now)].filter((time) => time !== undefined),
      late: () => 0,
      arrive: () => ({ name: 'network', kind: 'other', text: '' }),
    },
    ...rest,
  });
  const life = episode.newLife();
  const append = (name: string, faults?: () => CallFaults): Promise<string> =>
    life.call(
      site(name),
      () => {
        state = { ...state, parts: { list: [...(state.parts['list'] as string[]), name] } };
        return `${name} done`;
      },
      faults,
    );
  return { episode, life, append, list: () => state.parts['list'] };
}

test('one call leaves four moments, each with what a crash there leaves', async () => {
  const { episode, append } = listLife();
  const answers: string[] = [];
  void append('a').then((answer) => answers.push(answer));
  expect(await episode.run()).toBe('rest');
  expect(episode.moments.map(({ point, state }) => [point.phase, state.parts['list']])).toEqual([
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
  for (let plan: Plan | undefined = { choices: [], faults: [] }; plan;) {
    const { episode, append, list } = listLife(plan);
    void Promise.all([append('a'), append('b')]);
    await episode.run();
    orders.add(JSON.stringify(list()));
    for (const { state } of episode.moments) seen.add(JSON.stringify(state.parts['list']));
    const next = nextChoices(episode.choices);
    plan = next && planOf(next);
  }
  expect(orders).toEqual(new Set(['["a","b"]', '["b","a"]']));
  expect(seen).toEqual(new Set(['[]', '["a"]', '["b"]', '["a","b"]', '["b","a"]'])); // Every subset of what was in flight.
});

test('an error of the other side is an answer like any other', async () => {
  const { episode, life } = listLife();
  const caught: string[] = [];
  void life
    .call(site('broken'), () => {
      throw new Error('no such row');
    })
    .catch((error: Error) => caught.push(error.message));
  await episode.run();
  expect(caught).toEqual(['no such row']);
  expect(episode.moments.find(({ point }) => point.phase === 'landed')?.text).toBe('refused: no such row');
});

describe('the end of a life', () => {
  test('a dead life answers nothing: its calls never settle, change nothing and are told', async () => {
    const strays: string[] = [];
    const { episode, append, list } = listLife({}, { onStray: ({ name }) => strays.push(name) });
    await episode.run();
    let settled = false;
    void append('late').finally(() => (settled = true));
    await new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
    expect({ settled, strays, list: list() }).toEqual({ settled: false, strays: ['late'], list: [] });
  });

  test('finally blocks do not run: a crash is not an exception', async () => {
    const { episode, life } = listLife();
    let cleaned = false;
    await episode.run();
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
    const { episode, life, append, list } = listLife();
    const sweep = (round: number): void => {
      life.clock.at(life.now + 3_600_000, () => {
        if (round < 3) void append(`sweep ${round}`);
        sweep(round + 1);
      });
    };
    sweep(1);
    expect(await episode.run()).toBe('rest');
    expect(list()).toEqual(['sweep 1', 'sweep 2']);
  });

  test('a process that never rests is endless, not proved', async () => {
    const { episode, append } = listLife();
    const busy = async (): Promise<never> => {
      for (;;) await append('again');
    };
    void busy();
    expect(await episode.run()).toBe('endless');
  });
});

test('time jumps to the next deadline, of the process or of the state, and only when nothing is in flight', async () => {
  const { episode, life, append } = listLife({}, { deadline: (now) => (now < 200 ? 200 : undefined) });
  const times: number[] = [];
  life.clock.at(500, () => times.push(life.now));
  void append('a').then(() => times.push(life.now));
  await episode.run();
  expect(times).toEqual([0, 500]);
});
