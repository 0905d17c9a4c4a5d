import { simulate } from 'crashwise/simulator';
import { expect, test } from 'vitest';
import { diskPattern, toyScenario } from './toy.js';

// Goal: of a run that goes round for ever, the sentence says what repeats, how often, and what never comes of it.

/** Looks every minute, with these calls, the first of which turns a page of the disk over. */
function watch(calls: readonly string[]) {
  return diskPattern({ page: 0 }, (disk, _, life) => {
    const wait = async (): Promise<void> =>
      new Promise((resolve) => void life.clock.at(life.now + 60_000, () => resolve()));
    void (async () => {
      for (;;) {
        for (const name of calls) {
          const turn = (): void => void (disk.part = { page: 1 - disk.part.page });
          await life.call({ name, kind: 'other', text: name }, name === calls[0] ? turn : () => {});
        }
        await wait();
      }
    })();
  });
}

async function sentencesOf(calls: readonly string[]) {
  const { runs } = await simulate({ scenarios: [toyScenario([watch(calls)], ['a'])] });
  return runs[0]!.violations.map(({ sentence, hint }) => ({ sentence, hint }));
}

test('what repeats, how often, and what never comes', async () => {
  expect(await sentencesOf(['turn the page', 'read it'])).toEqual([
    {
      sentence: 'It never ends: on the disk. It goes round for ever: every 2min the same (turn the page; read it).',
      hint: 'give the round an end: a limit of tries, and then another way, which parks the work or undoes what was done',
    },
  ]);
});

test('of a long round the first three calls are told', async () => {
  const [told] = await sentencesOf(['turn', 'read', 'compare', 'count', 'sigh']);
  expect(told!.sentence).toMatch(/every 2min the same \(turn; read; compare; 2 more\)\.$/);
});

test('what rests is not said to go round', async () => {
  const rests = diskPattern({}, () => {});
  const { runs } = await simulate({ scenarios: [toyScenario([rests], ['a'])] });
  expect(runs[0]!.violations.map(({ sentence }) => sentence)).toEqual(['It never ends: on the disk.']);
});
