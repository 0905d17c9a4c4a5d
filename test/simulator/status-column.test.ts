import { simulate, statusColumn, type StatusColumnOptions } from 'crashwise/simulator';
import { expect, test } from 'vitest';
import { toyScenario, type toyServices } from './toy.js';

// Goal: one column is enough for a flow that fits it, and each thing that makes it so is needed.

type Options = StatusColumnOptions<typeof toyServices>;

const messages = [{ name: 'flash', data: { id: 'r1' } }];

async function outcomeOf(
  options: Partial<Options> & Pick<Options, 'jobs'>,
  keys: readonly string[],
  limits: { maxStates?: number } = {},
) {
  const pattern = statusColumn<typeof toyServices>({ messages, initial: 'new', ...options });
  const { runs } = await simulate({ scenarios: [toyScenario([pattern], keys)], ...limits });
  const { verdict, violations } = runs[0]!;
  return { verdict, broken: violations.map(({ sentence, crashes }) => `${crashes}: ${sentence}`) };
}

/** Two steps; which of them are keyed by the row decides. */
const twoSteps =
  (first: string | undefined, second: string | undefined): Options['jobs'] =>
  ({ services: { lamp }, status }) => ({
    async flash({ data: { id } }) {
      const flash = (what: string, key: string | undefined): Promise<unknown> =>
        lamp.flash(key === undefined ? { what } : { what, key });
      if ((await status.get(id)) === 'new') {
        await flash('a', first);
        await status.set(id, 'new', 'half');
      }
      if ((await status.get(id)) === 'half') {
        await flash('b', second);
        await status.set(id, 'half', 'done');
      }
    },
  });

test('two steps with a key each are proved', async () => {
  expect(await outcomeOf({ jobs: twoSteps('r1/a', 'r1/b') }, ['a', 'b'])).toEqual({ verdict: 'proved', broken: [] });
});

test('the column does not make a step happen once: it is written after it, and a crash comes in between', async () => {
  expect(await outcomeOf({ jobs: twoSteps('r1/a', undefined) }, ['a', 'b'])).toEqual({
    verdict: 'violated',
    broken: ['1: b flashed twice.'],
  });
});

test('written before the step, the column loses it', async () => {
  const jobs: Options['jobs'] = ({ services: { lamp }, status }) => ({
    async flash({ data: { id } }) {
      if (await status.set(id, 'new', 'done')) await lamp.flash({ what: 'a', key: id });
    },
  });
  expect(await outcomeOf({ jobs }, ['a'])).toMatchObject({
    broken: ['1: It never ends: row r1 is "done" and the queue is empty.'],
  });
});

// Two jobs of one row at the same time, as after a double click. The winner takes the row; a claim is not given back, so
// this alone loses a run to a crash: at most once is what it is good for.
const clicks = ['click', 'click again'].map((id) => ({ name: 'flash', id, data: { id: 'r1' } }));
const claims =
  (blind: boolean): Options['jobs'] =>
  ({ services: { lamp }, status }) => ({
    async flash({ data: { id } }) {
      const mine = blind
        ? (await status.get(id)) === 'new' && ((await status.set(id, 'new', 'taken')) || true)
        : await status.set(id, 'new', 'taken');
      if (mine) await lamp.flash({ what: 'a' });
    },
  });

test('compare-and-set lets one of two jobs through; its answer ignored, both, without any crash', async () => {
  const twice = '0: a flashed twice.';
  const blind = await outcomeOf({ messages: clicks, concurrency: 2, jobs: claims(true) }, ['a'], { maxStates: 20 });
  expect(blind.broken).toContain(twice);
  const compared = await outcomeOf({ messages: clicks, concurrency: 2, jobs: claims(false) }, ['a']);
  expect(compared.broken).toEqual(['1: It never ends: row r1 is "taken" and the queue is empty.']);
});
