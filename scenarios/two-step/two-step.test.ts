import { simulate, statusColumn, type Scenario, type StatusColumnOptions } from 'crashwise/simulator';
import { expect, test } from 'vitest';
import scenario from './scenario.js';

const twoStep = scenario as unknown as Scenario;
type Jobs = StatusColumnOptions<typeof scenario.services>['jobs'];

async function brokenBy(jobs: Jobs, changes: Partial<Scenario> = {}) {
  const messages = [{ name: 'contract', data: { id: 'c1' } }];
  const patterns = [statusColumn<typeof scenario.services>({ messages, initial: 'signed', jobs })];
  const { runs } = await simulate({ scenarios: [{ ...twoStep, patterns, ...changes }] });
  return runs[0]!.violations.map(({ sentence, crashes }) => `${crashes}: ${sentence}`);
}

test('the status column is right; a reconciler tells the team again in each pass', async () => {
  const { runs } = await simulate({ scenarios: [twoStep] });
  expect(runs.map(({ pattern, verdict }) => `${pattern} ${verdict}`)).toEqual([
    'status-column proved',
    'queue proved',
    'reconciler violated',
    'durable proved',
  ]);
});

test('the status before its step: one crash in between, and the team never hears of it', async () => {
  const early: Jobs = ({ services: { archive, chat }, status }) => ({
    async contract({ data: { id } }) {
      await archive.store({ name: `contract-${id}` });
      if (await status.set(id, 'signed', 'told')) await chat.tell({ text: 'signed' });
    },
  });
  expect(await brokenBy(early)).toEqual(['1: Contract c1 never ends: row c1 is "told" and the queue is empty.']);
});

test('a step that may happen once only is done twice: the column does not help', async () => {
  const steps = twoStep.steps.map((step) => ({ ...step, class: 'exactly-once' as const }));
  const { runs } = await simulate({ scenarios: [{ ...twoStep, steps }], patterns: ['status-column'] });
  expect(runs[0]!.violations).toMatchObject([
    {
      property: 'told',
      crashes: 1,
      sentence: 'The team was told twice of contract c1. Each crash there does it once more.',
    },
  ]);
});

test('on the engine one measure is there that forgiving steps do not need, and the scenario says so', async () => {
  const { runs } = await simulate({ scenarios: [twoStep], patterns: ['durable'], mutants: true });
  const { list, survived } = runs[0]!.mutants!;
  expect(survived).toBe(0);
  const survivors = list.filter(({ status }) => status === 'survived');
  expect(survivors.map(({ operator, redundant }) => [operator, typeof redundant])).toEqual([
    ['start-repeated', 'string'],
  ]);
});
