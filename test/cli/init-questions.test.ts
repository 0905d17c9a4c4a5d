import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { initSchema } from 'crashwise/results';
import { beforeAll, expect, test } from 'vitest';
import { installed, project } from './installed.js';
import { typedInto } from './pseudo-terminal.js';

beforeAll(installed, 180_000);

const ENTER = '\r';
const DOWN = '\u001B[B';
const CTRL_C = '\u0003';
const QUESTIONS = {
  entity: 'What is it about?',
  pattern: 'What does the flow run on?',
  steps: 'What does it do outside?',
  twice: 'Which of them may happen twice?',
} as const;

async function init(args: string, answers: Parameters<typeof typedInto>[2], env?: Record<string, string>) {
  const folder = project();
  const bin = join(await installed(), 'node_modules/.bin/crashwise');
  return { folder, ...(await typedInto(`${bin} init ${args}`, folder, answers, env)) };
}

test('asks for all that was not said; Enter takes what is proposed', async () => {
  const { folder, code, screen } = await init(
    '',
    Object.values(QUESTIONS).map((question) => [question, ENTER] as const),
  );
  expect(code, screen).toBe(0);
  expect(screen).toContain('next   npx crashwise simulate order');
  expect(readdirSync(join(folder, 'scenarios/order'))).toEqual(['scenario.ts', 'services.ts', 'workflow.ts']);
});

test('answers are checked as they are given, and make the scenario', async () => {
  const { folder, code, screen } = await init('--json 2> /dev/tty', [
    [QUESTIONS.entity, `a b${ENTER}`],
    ['A name has letters', `\b\b\btrial${ENTER}`],
    [QUESTIONS.pattern, DOWN + ENTER],
    [QUESTIONS.steps, `charge card, open account${ENTER}`],
    [QUESTIONS.twice, ` ${DOWN} ${ENTER}`],
    ['At least one step must not', ` ${ENTER}`],
  ]);
  expect(code, screen).toBe(0);
  const document = initSchema.parse(JSON.parse(/^\{[^]*^\}/m.exec(screen.replaceAll('\r', ''))![0]));
  expect(document).toMatchObject({
    entity: 'trial',
    pattern: 'accidental',
    steps: [
      { title: 'charge card', class: 'at-least-once' },
      { title: 'open account', class: 'exactly-once' },
    ],
  });
  expect(readFileSync(join(folder, 'scenarios/trial/app.ts'), 'utf8')).toContain('provider.openAccount');
});

test('only what is missing is asked', async () => {
  const { code, screen } = await init('--entity trial --steps ship', [[QUESTIONS.pattern, ENTER]]);
  expect(code, screen).toBe(0);
  for (const name of ['entity', 'steps', 'twice'] as const) expect(screen).not.toContain(QUESTIONS[name]);
});

test('Ctrl-C at a question ends it with 130, and nothing is written', async () => {
  const { folder, code, screen } = await init('', [
    [QUESTIONS.entity, ENTER],
    [QUESTIONS.pattern, CTRL_C],
  ]);
  expect(screen).toContain('Interrupted: nothing was written.');
  expect(code).toBe(130);
  expect(existsSync(join(folder, 'scenarios'))).toBe(false);
});

test('on a terminal of CI, and without a terminal on stdin, nothing is asked', async () => {
  for (const [args, env] of [
    ['', { CI: 'true' }],
    ['< /dev/null', {}],
  ] as const) {
    const { folder, code, screen } = await init(args, [], env);
    expect(code).toBe(2);
    expect(screen).toContain('Not answered, and here nobody can be asked:');
    expect(readdirSync(folder)).toEqual([]);
  }
});
