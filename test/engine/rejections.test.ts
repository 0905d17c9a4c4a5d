import { spawnSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';

// Goal: a promise that a workflow dropped ends nothing; a rejection of the host's own does what Node was told to do with
// it, as if the engine were not there. Method: child processes, as the test runner listens for rejections itself.

const root = new URL('../..', import.meta.url).pathname;
const engine = `${root}dist/engine/index.js`;
const copy = `${root}.test-build/copy/engine/index.js`;

beforeAll(() => cpSync(`${root}dist`, `${root}.test-build/copy`, { recursive: true }));

function run(code: string, flags: readonly string[] = []) {
  const start = `
    const engine = await import(${JSON.stringify(engine)});
    const other = await import(${JSON.stringify(copy)});
    engine.createRuntime([]);
    ${code}
    setTimeout(() => console.log('goes on'), 20);`;
  const { status, stdout, stderr } = spawnSync(process.execPath, [...flags, '--input-type=module', '-e', start], {
    encoding: 'utf8',
  });
  return { status, goesOn: stdout.includes('goes on'), stderr };
}

test.each([
  ['', ''],
  [', also beside another copy of the engine', 'other.createRuntime([]);'],
])('a promise that workflow code dropped is reported, and the process goes on%s', (_, before) => {
  const flow = `
    ${before}
    const flow = engine.workflow('flow', () => { void Promise.reject(new Error('dropped')); return engine.sleep(1); });
    const report = (error) => console.error(error.code);
    const started = { type: 'started', at: 1, id: 'a', workflow: 'flow', seed: 's' };
    await engine.createRuntime([flow], { report }).decide([started]);`;
  expect(run(flow)).toMatchObject({ status: 0, goesOn: true, stderr: expect.stringContaining('unhandled-rejection') });
});

const drop = "void Promise.reject(new Error('of the host'));";

test.each([
  ['as ever: it ends the process', [], drop, { status: 1, goesOn: false }],
  ['with two copies of the engine, too', [], `other.createRuntime([]); ${drop}`, { status: 1, goesOn: false }],
  ['told to warn: it warns', ['--unhandled-rejections=warn'], drop, { status: 0, goesOn: true }],
  [
    'told to warn of what is no error: it warns',
    ['--unhandled-rejections=warn'],
    'void Promise.reject({ of: "the host" });',
    { status: 0, goesOn: true, stderr: expect.stringContaining('the host') },
  ],
  ['told to say nothing: nothing', ['--unhandled-rejections=none'], drop, { status: 0, goesOn: true, stderr: '' }],
  [
    'heard by somebody else: that is enough',
    [],
    `process.on('unhandledRejection', () => {}); ${drop}`,
    { status: 0, goesOn: true, stderr: '' },
  ],
])('a rejection of the host, %s', (_, flags, code, expected) => {
  expect(run(code, flags)).toMatchObject(expected);
});
