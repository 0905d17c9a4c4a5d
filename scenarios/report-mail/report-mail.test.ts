import { queue, simulate, type QueueOptions, type QueueTools, type Scenario } from 'crashwise/simulator';
import { expect, test } from 'vitest';
import scenario from './scenario.js';

type Tools = QueueTools<typeof scenario.services>;
const reportMail = scenario as unknown as Scenario;

async function outcomes(changed: Scenario, patterns?: readonly string[]) {
  const { runs } = await simulate({ scenarios: [changed], patterns });
  return runs.map(({ pattern, verdict, violations }) => ({
    pattern,
    verdict,
    broken: violations.map(({ sentence, crashes }) => `${crashes}: ${sentence}`),
  }));
}

test('the queue is right, and so are the others: there is nothing for them to lose', async () => {
  expect(await outcomes(reportMail)).toEqual([
    { pattern: 'queue', verdict: 'proved', broken: [] },
    { pattern: 'status-column', verdict: 'proved', broken: [] },
    { pattern: 'reconciler', verdict: 'proved', broken: [] },
    { pattern: 'durable', verdict: 'proved', broken: [] },
  ]);
});

test('without a redrive, five crashes leave it in the dead letter queue', async () => {
  const { endings: _, ...strict } = reportMail;
  expect(await outcomes(strict, ['queue'])).toEqual([
    {
      pattern: 'queue',
      verdict: 'violated',
      broken: ['5: Report r1 never ends: message r1 lies in the dead letter queue after 5 deliveries.'],
    },
  ]);
});

test('with a key that is made anew in each delivery, one crash mails it twice', async () => {
  const jobs: QueueOptions<Tools>['jobs'] = ({ services: { mail }, randomUUID }) => ({
    report: (job) => mail.send({ to: String(job.data['to']), key: randomUUID() }),
  });
  const messages = [{ name: 'report', data: { id: 'r1', to: 'ada@example.com' } }];
  const careless = queue<typeof scenario.services>({ messages, jobs, maxDeliveries: 5 });
  expect(await outcomes({ ...reportMail, patterns: [careless] })).toEqual([
    {
      pattern: 'queue',
      verdict: 'violated',
      broken: ['1: Report r1 was mailed twice. Each crash there does it once more.'],
    },
  ]);
});
