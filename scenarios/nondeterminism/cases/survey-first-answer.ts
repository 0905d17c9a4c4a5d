import { activities, condition, defineSignal, setHandler, sleep, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'key order',
  blame: 'key order',
  use: 'the first value of a signal argument, as the duration of a timer',
  guard: 'unseen',
};

const DAY_MS = 86_400_000;

type Answers = Readonly<Record<'satisfaction' | 'effort', number>>;

const answered = defineSignal<[answers: Answers]>('answered');

const { sendSurvey, followUp } = activities<{
  sendSurvey: (customer: string) => void;
  followUp: (customer: string) => void;
}>();

function survey(scoreOf: (answers: Answers) => number): (customer: string) => Promise<string> {
  return async (customer) => {
    let answers: Answers | undefined;
    setHandler(answered, (given) => {
      answers ??= given;
    });
    await sendSurvey(customer);
    if (!(await condition(() => answers !== undefined, 7 * DAY_MS))) return 'no answer';
    await sleep(scoreOf(answers!) * DAY_MS);
    await followUp(customer);
    return 'followed up';
  };
}

const firstOf = (answers: Answers): number => Object.values(answers)[0] ?? 1; // <- blame

export const wrong = workflow('survey-first-answer', survey(firstOf));

export const repaired = workflow(
  'survey-first-answer-repaired',
  survey(({ satisfaction }) => satisfaction),
);

const score = fc.integer({ min: 1, max: 5 });

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('ada', 'bo'),
  results: { sendSurvey: null, followUp: null },
  signals: { answered: fc.tuple(fc.record({ satisfaction: score, effort: score })) },
};
