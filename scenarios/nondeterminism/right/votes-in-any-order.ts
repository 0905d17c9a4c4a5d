import { activities, condition, defineSignal, setHandler, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';

export const why = 'Signals may come in any order and decide what is done, but their order is part of the history.';

const vote = defineSignal<[by: string, isYes: boolean]>('vote');

const { openPoll, publish } = activities<{
  openPoll: (motion: string) => void;
  publish: (motion: string, voters: readonly string[]) => string;
}>();

export const right = workflow('votes-in-any-order', async (motion: string) => {
  const voters: string[] = [];
  setHandler(vote, (by, isYes) => void (isYes ? voters.push(by) : voters.unshift(by)));
  await openPoll(motion);
  await condition(() => voters.length >= 2, 86_400_000);
  return publish(motion, voters);
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('budget', 'chair'),
  results: { openPoll: null, publish: 'minutes.pdf' },
  signals: { vote: fc.tuple(fc.constantFrom('ada', 'bo', 'cy'), fc.boolean()) },
};
