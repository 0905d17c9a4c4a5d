import { simulationSchema } from 'crashwise/results';
import { beforeAll, expect, test } from 'vitest';
import { crashwise, installed, project } from './installed.js';

const HERE = project();
beforeAll(installed, 240_000);

test('--matrix runs the flows of the decision table on four machineries each, and ends as expected', async () => {
  const { code, stdout, stderr } = await crashwise(HERE, ['simulate', '--matrix']);
  expect(code).toBe(0);
  expect(stderr).toContain('trial-to-paid comes with crashwise');
  expect(stdout).toMatch(/^ +queue +status-column +reconciler +durable$/m);
  expect(stdout).toMatch(/^report-mail +PROVED \* +PROVED +PROVED +PROVED$/m);
  expect(stdout).toMatch(/^dns-records +VIOLATED 2! +PROVED +PROVED \* +PROVED$/m);
  expect(stdout).toMatch(/^trial-to-paid +VIOLATED 2! +VIOLATED 2! +VIOLATED 2! +PROVED \*$/m);
  expect(stdout).toMatch(/^two-step +PROVED +PROVED \* +VIOLATED ! +PROVED$/m);
  expect(stdout).toContain('  needs     key-without-expiry, quote-recorded\n');
  expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
}, 120_000);

test('--matrix with a name runs that scenario, and --json says what each run needs', async () => {
  const { code, stdout } = await crashwise(HERE, ['simulate', 'two-step', '--matrix', '--json']);
  expect(code).toBe(0);
  const { runs } = simulationSchema.parse(JSON.parse(stdout));
  expect(runs.map(({ pattern, row, needs }) => ({ pattern, row, needs }))).toEqual([
    { pattern: 'status-column', row: 'status-column', needs: [] },
    { pattern: 'queue', row: 'status-column', needs: [] },
    { pattern: 'reconciler', row: 'status-column', needs: ['lookup-by-id'] },
    { pattern: 'durable', row: 'status-column', needs: [] },
  ]);
});

test('what was not decided within the budget has no needs, and is no pass', async () => {
  const args = ['simulate', 'trial-to-paid', '--matrix', '--json', '--budget', '40states'];
  const { code, stdout } = await crashwise(HERE, args);
  expect(code).toBe(4);
  const { runs } = simulationSchema.parse(JSON.parse(stdout));
  // The last set of the queue has 42 states.
  expect(runs.find(({ pattern }) => pattern === 'queue')).not.toHaveProperty('needs');
  expect(runs.find(({ pattern }) => pattern === 'durable')).toMatchObject({ verdict: 'inconclusive' });
  expect(runs.find(({ pattern }) => pattern === 'durable')).not.toHaveProperty('needs');
});

test('it makes no sense beside --list or --schedule', async () => {
  for (const more of [['--list'], ['--schedule', 'queue:']]) {
    expect((await crashwise(HERE, ['simulate', 'two-step', '--matrix', ...more])).code).toBe(2);
  }
});
