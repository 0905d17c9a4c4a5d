import { activities, condition, setHandler, workflow } from 'crashwise/engine';
import { durable } from 'crashwise/simulator';
import { expect, test } from 'vitest';
import { outcomeOf, PROVED, run } from '../../test/scenarios/run.js';
import scenario from './scenario.js';
import { approval, approvalActivities, decided, type ApprovalInput } from './workflow.js';

const WEEK_MS = 7 * 86_400_000;
const { pay, decline } = activities<ReturnType<typeof approvalActivities>>();

function withCode(code: typeof approval, signals: Parameters<typeof durable>[0]['signals']): object {
  const start = { id: 'e1', input: { expense: 'e1', deadlineMs: WEEK_MS } };
  return {
    ...scenario,
    patterns: [durable({ workflow: code, activities: approvalActivities, start, signals: signals! })],
  };
}

const YES = { signal: decided, args: ['yes'] };
const NO = { signal: decided, args: ['no'] };

test(
  'durable is proved: a yes may come twice, once or never, before and after the deadline',
  { timeout: 300_000 },
  async () => {
    const { verdict, closed, coverage, certificate } = await run(scenario, 'durable');
    expect({ verdict, closed }).toEqual({ verdict: 'proved', closed: true });
    for (const name of ['bank.pay happens', 'inbox.decline happens']) {
      expect(coverage.sometimes).toContainEqual({ name, taken: true });
    }
    expect(certificate.assumes).toContain('from outside come at most, each at any moment or never: decided 2 times');
  },
);

test('it is proved for a yes and a no that cross, too', { timeout: 300_000 }, async () => {
  expect(await outcomeOf(withCode(approval, [YES, NO]), 'durable')).toEqual(PROVED);
});

test(
  'with each yes worked off as it comes, a button that is pressed twice pays twice',
  { timeout: 300_000 },
  async () => {
    const code = workflow('approval', async ({ expense, deadlineMs }: ApprovalInput) => {
      let yes = 0;
      setHandler(decided, (_answer) => {
        yes += 1;
      });
      if (!(await condition(() => yes > 0, deadlineMs))) return decline(expense);
      for (; yes > 0; yes -= 1) await pay(expense);
    });
    const { broken } = await outcomeOf(withCode(code, [{ ...YES, times: 2 }]), 'durable');
    expect(broken).toEqual(['paid-once, 0: Expense e1 was paid twice.']);
    expect(await outcomeOf(withCode(code, [YES]), 'durable')).toEqual(PROVED);
  },
);

test('with the answer read after the deadline has been acted on, one expense is declined and paid', async () => {
  const code = workflow('approval', async ({ expense, deadlineMs }: ApprovalInput) => {
    let yes = false;
    setHandler(decided, (_answer) => {
      yes = true;
    });
    if (!(await condition(() => yes, deadlineMs))) await decline(expense);
    if (yes) await pay(expense);
  });
  const { broken } = await outcomeOf(withCode(code, [YES]), 'durable');
  expect(broken).toEqual(['one-answer, 0: Expense e1 was paid, and declined as well.']);
});

test('without a deadline it waits for ever for a yes that never comes', async () => {
  const code = workflow('approval', async ({ expense }: ApprovalInput) => {
    let yes = false;
    setHandler(decided, (_answer) => {
      yes = true;
    });
    await condition(() => yes);
    await pay(expense);
  });
  const { broken } = await outcomeOf(withCode(code, [YES]), 'durable');
  expect(broken).toEqual(['approval-ends, 0: Expense e1 is neither paid nor declined: execution e1 is running.']);
});
