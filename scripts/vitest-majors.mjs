// The matchers under each major of vitest that runs on this Node: a project of its own, with what `npm pack` makes of
// this clone and vitest from the registry, runs a spec that passes and one that fails, and its types are checked.
// `node scripts/vitest-majors.mjs [major ...]`, or `--at-hand` for the vitest of this clone, without installing anything.

import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/** Each major with the first major of Node that it runs on. */
const MAJORS = { 3: 20, 4: 20, 5: 22 };

const root = fileURLToPath(new URL('..', import.meta.url));
const node = Number(process.versions.node.split('.')[0]);
const { values, positionals } = parseArgs({ allowPositionals: true, options: { 'at-hand': { type: 'boolean' } } });

const SPECS = {
  'green.test.ts': `
import 'crashwise/vitest';
import { expect, test } from 'vitest';
import broken from './scenarios/broken/scenario.js';
import imported from './scenarios/order/scenario.js';

const order = new URL('./scenarios/order/scenario.ts', import.meta.url);

test('survives', () => expect(order).toSurviveCrashes({ pattern: 'durable', maxStates: 1_000 }));
test('survives, from the working directory', () => expect('scenarios/order/scenario.ts').toSurviveCrashes());
test('survives one', () => expect(order).toSurvive('durable:provider.chargeCard.landed'));
test('does not break', () => expect(order).not.toBreak('charge-card-once'));
test('survives, imported', () => expect(imported).toSurviveCrashes({ assumeNoMemory: true }));
test('is deterministic', () => expect(new URL('./flows.ts', import.meta.url)).toBeDeterministic({ only: 'right' }));
test('is not deterministic', () => expect('flows.ts').not.toBeDeterministic({ only: ['wr*'], maxRuns: 100 }));
test('breaks', () => expect(broken).toBreak('charge-card-once'));
test('does not survive', () => expect(broken).not.toSurviveCrashes());
// @ts-expect-error -- so that a compiler that does not know the matchers is noticed
test('types', () => expect(() => expect(order).toSurvive(1)).toBeTypeOf('function'));
`,
  // Its matchers come from the set-up file of the configuration.
  'red.test.ts': `
import { expect, test } from 'vitest';
import imported from './scenarios/order/scenario.js';

const broken = 'scenarios/broken/scenario.ts';
const order = new URL('./scenarios/order/scenario.ts', import.meta.url);

test('does not survive', () => expect(broken).toSurviveCrashes());
test('does not survive one', () => expect(broken).toSurvive('durable:provider.chargeCard.landed'));
test('survives', () => expect(order).not.toSurviveCrashes());
test('is not decided', () => expect(order).toSurviveCrashes({ maxStates: 2 }));
test('is not deterministic', () => expect('flows.ts').toBeDeterministic({ maxRuns: 100 }));
test('is imported', () => expect(imported).toSurviveCrashes());
test('is imported, with .not', () => expect(imported).not.toSurvive('durable:provider.chargeCard.landed'));
`,
  'flows.ts': `
import { activities, workflow } from 'crashwise/engine';
const { step } = activities<{ step: (n: unknown) => number }>();
export const fuzz = { input: 'a', results: { step: 1 } };
export const wrong = workflow('wrong', async () => { await step(new Date(1_760_000_000_000).getHours()); });
export const right = workflow('right', async (id: string) => { await step(id); });
`,
  'vitest.config.js': `export default { test: { setupFiles: ['crashwise/vitest'], include: ['*.test.ts'] } };`,
  'package.json': '{ "name": "shop", "type": "module", "devDependencies": { "typescript": "*" } }',
  'tsconfig.json': JSON.stringify({
    compilerOptions: { module: 'nodenext', target: 'es2023', strict: true, noEmit: true, skipLibCheck: true },
  }),
};

/** What the messages of the red spec must say, in the order of its tests. */
const SAID = [
  [
    /VIOLATED +charge-card-once: order-1: charge card was done twice\. Each crash\s+there does it once more\. +1 crash/,
    /scenarios\/broken\/workflow\.ts:\d+\n/,
  ],
  [/npx crashwise simulate broken \\\n +--schedule durable:provider\.chargeCard\.landed\n/, /dies before it hears/],
  [/^(?:\w+: )?order breaks nothing under durable\.\n\nPROVED/],
  [/was not decided/, /INCONCLUSIVE/],
  [
    /It is not deterministic: flows\.ts/,
    /DIVERGENT +wrong: /,
    /cause +Date\.prototype\.getHours\(\), the time zone, flows\.ts:5/,
  ],
  [/Scenario order was imported, /, /Hand its path to expect\(\)/],
  [/Scenario order was imported, /],
];

const GREEN_TESTS = 10;

function run(command, args, cwd) {
  // A vitest that starts this script would otherwise be taken for the parent of the one that it starts.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(?:VITEST|FORCE_COLOR)/.test(name)));
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, env, encoding: 'utf8' });
  if (error) throw error;
  return { status, text: stdout + stderr };
}

function must(command, args, cwd) {
  const { status, text } = run(command, args, cwd);
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}:\n${text}`);
}

function link(folder) {
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(root, join(folder, 'node_modules/crashwise'));
  symlinkSync(join(root, 'node_modules/vitest'), join(folder, 'node_modules/vitest'));
}

/** A project with a scenario that is proved, and a copy of it without its key. */
function write(folder) {
  for (const [name, text] of Object.entries(SPECS)) writeFileSync(join(folder, name), text);
  must(process.execPath, ['node_modules/crashwise/bin/crashwise.js', 'init', '--yes'], folder);
  cpSync(join(folder, 'scenarios/order'), join(folder, 'scenarios/broken'), { recursive: true });
  change(join(folder, 'scenarios/broken/workflow.ts'), /^ +key: .*\n/m, '');
  change(join(folder, 'scenarios/broken/scenario.ts'), "name: 'order'", "name: 'broken'");
}

function change(file, from, to) {
  writeFileSync(file, readFileSync(file, 'utf8').replace(from, to));
}

/** What is wrong, one line each. */
function check(folder) {
  const wrong = [];
  const types = run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', folder], folder);
  if (types.status !== 0) wrong.push(types.text);
  const args = ['node_modules/vitest/vitest.mjs', 'run', '--reporter=json', '--outputFile=result.json'];
  const { status, text } = run(process.execPath, args, folder);
  if (status !== 1) return [...wrong, `vitest ended with ${status}:\n${text}`];
  const { testResults } = JSON.parse(readFileSync(join(folder, 'result.json'), 'utf8'));
  const testsOf = (name) => testResults.find((file) => file.name.endsWith(name))?.assertionResults ?? [];
  const [green, red] = [testsOf('green.test.ts'), testsOf('red.test.ts')];
  if (green.length !== GREEN_TESTS || red.length !== SAID.length)
    wrong.push(`${green.length} and ${red.length} tests ran:\n${text}`);
  for (const { title, status: outcome, failureMessages } of green)
    if (outcome !== 'passed') wrong.push(`green, ${title}: ${outcome} ${failureMessages.join('\n')}`);
  red.forEach(({ title, status: outcome, failureMessages }, index) => {
    const message = failureMessages.join('\n');
    const missing = SAID[index].filter((pattern) => !pattern.test(message));
    if (outcome !== 'failed') wrong.push(`red, ${title}: ${outcome}`);
    else if (missing.length > 0) wrong.push(`red, ${title}: ${missing.join(', ')} is not in\n${message}`);
  });
  return wrong;
}

const folder = mkdtempSync(join(tmpdir(), 'crashwise-vitest-'));
const asked = positionals.length > 0 ? positionals : Object.keys(MAJORS).filter((major) => MAJORS[major] <= node);
let isGood = true;
try {
  if (!values['at-hand']) must('npm', ['pack', '--silent', '--pack-destination', folder], root);
  for (const major of values['at-hand'] ? ['at hand'] : asked) {
    const project = join(folder, `on-${major}`);
    mkdirSync(project);
    if (values['at-hand']) link(project);
    else {
      const packed = readdirSync(folder).find((name) => name.endsWith('.tgz'));
      writeFileSync(join(project, 'package.json'), '{}');
      must('npm', ['install', '--no-audit', '--no-fund', join(folder, packed), `vitest@${major}`], project);
    }
    write(project);
    const { version } = JSON.parse(readFileSync(join(project, 'node_modules/vitest/package.json'), 'utf8'));
    const wrong = check(project);
    console.log(
      `vitest ${version} on Node ${process.versions.node}: ${wrong.length === 0 ? 'as it should be' : 'WRONG'}`,
    );
    for (const line of wrong) console.log(line);
    isGood &&= wrong.length === 0;
  }
  const left = Object.keys(MAJORS).filter((major) => MAJORS[major] > node);
  if (positionals.length === 0 && !values['at-hand'] && left.length > 0)
    console.log(`left out, for they do not run on Node ${node}: vitest ${left.join(', ')}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = isGood ? 0 : 1;
