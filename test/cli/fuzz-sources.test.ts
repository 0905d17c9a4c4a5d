import { determinismSchema } from 'crashwise/results';
import { beforeAll, expect, test } from 'vitest';
import { crashwise, installed, project, type Ended } from './installed.js';

beforeAll(installed, 240_000);

const FLOW = `import { activities, workflow } from 'crashwise/engine';
const { status } = activities();
export const flow = workflow('flow', async (id) => ((await status(id)).isPaid ? 'paid' : 'open'));
export const other = workflow('other', async () => 1);
export const fuzz = { input: 'x' };
`;
const CONFIG = `import { defineConfig } from 'crashwise';
let n = 0;
export default defineConfig({ fuzz: { flow: { results: { status: () => ({ isPaid: (n += 1) % 2 === 0 }) } } } });
`;
const ARGS = ['fuzz', 'flow.js', '--runs', '60'];
const targets = ({ stdout }: Ended) => determinismSchema.parse(JSON.parse(stdout)).targets;

test('what the configuration says of a workflow is added to what its module says', async () => {
  const files = { 'flow.js': FLOW, 'crashwise.config.ts': CONFIG, 'package.json': '{ "type": "module" }' };
  const ended = await crashwise(project(files), [...ARGS, '--json']);
  expect(ended).toMatchObject({ code: 0, stderr: '' });
  expect(targets(ended)).toMatchObject([
    { workflow: 'flow', verdict: 'no-divergence', sources: { input: 'config', status: 'config' } },
    { workflow: 'other', verdict: 'no-divergence', sources: { input: 'config' } },
  ]);
});

test('without it, the screen says what nobody knows', async () => {
  const { code, stdout } = await crashwise(project({ 'flow.js': FLOW, 'package.json': '{ "type": "module" }' }), ARGS);
  expect(code).toBe(4);
  expect(stdout.replaceAll(/\s+/g, ' ')).toContain('nothing says what "status" returns (config: `results`)');
});

test('a configuration that is none, and a folder without histories, are errors with a page', async () => {
  const files = { 'flow.js': FLOW, 'package.json': '{ "type": "module" }' };
  const wrong = await crashwise(project({ ...files, 'crashwise.config.js': 'export default 5;' }), ARGS);
  expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('error config-unusable') as string });
  const empty = await crashwise(project(files), [...ARGS, '--only', 'other', '--learn', 'none', '--json']);
  expect(empty).toMatchObject({ code: 2, stderr: expect.stringContaining('error learn-unusable') as string });
  expect(targets(empty)).toMatchObject([{ workflow: 'other', verdict: 'no-divergence' }]);
});
