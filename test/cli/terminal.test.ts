import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { simulationSchema } from 'crashwise/results';
import { beforeAll, expect, test } from 'vitest';
import { crashwise, installed, project } from './installed.js';
import { onPseudoTerminal } from './pseudo-terminal.js';
import { GROWING_SCENARIO, WIDE_SCENARIO } from './wide-scenario.js';

beforeAll(installed, 180_000);

const COLOUR = new RegExp(String.raw`\u001B\[\d+m`);

function onTerminal(line: string, cwd: string): { status: number | null; stdout: string } {
  const { PATH = '', HOME = '' } = process.env;
  const options = { cwd, env: { PATH, HOME, TERM: 'xterm' }, encoding: 'utf8', timeout: 60_000 } as const;
  const [command, ...args] = onPseudoTerminal(line);
  return spawnSync(command, args, options);
}

test('a terminal gets colour and the cursor is left alone; a pipe gets none', async () => {
  const folder = await installed();
  const bin = join(folder, 'node_modules/.bin/crashwise');
  const line = `${bin} simulate signup --schedule accidental:cards.charge.landed`;
  const { status, stdout } = onTerminal(line, folder);
  expect(status).toBe(0);
  expect(stdout).toMatch(COLOUR);
  expect(stdout).toContain('VIOLATED');
  expect(onTerminal(`${line} | cat`, folder).stdout).not.toMatch(COLOUR);
  expect(onTerminal(`NO_COLOR=1 ${line}`, folder).stdout).not.toMatch(COLOUR);
});

test('a long run shows one line that changes on a terminal, and clears it', async () => {
  const folder = project({ 'scenarios/wide/scenario.ts': WIDE_SCENARIO });
  const bin = join(await installed(), 'node_modules/.bin/crashwise');
  // The process is interrupted by its own terminal's foreground, as Ctrl-C does it.
  const { stdout } = onTerminal(`timeout --foreground --preserve-status -s INT 6 ${bin} simulate wide`, folder);
  // The scenario says so each time that its module is evaluated, which is once in each life.
  const lines = stdout.replaceAll('loaded', '').split('\r\u001B[K');
  expect(lines.some((text) => text.startsWith('wide: the first state'))).toBe(true);
  expect(lines.some((text) => text.startsWith('Interrupted: the search ends here'))).toBe(true);
  expect(stripVTControlCharacters(lines.at(-1)!)).toMatch(
    /INCONCLUSIVE .*It was\s+interrupted, with\s+[\d,]+\s+states found.*exit 130/s,
  );
});

test('the line of a search says how fast it goes, what is left to follow, and how long it may go on', async () => {
  const folder = project({ 'scenarios/growing/scenario.ts': GROWING_SCENARIO });
  const bin = join(await installed(), 'node_modules/.bin/crashwise');
  const { stdout } = onTerminal(`${bin} simulate growing --budget 5s`, folder);
  // The scenario says so each time that its module is evaluated, which is once in each life.
  const lines = stdout.replaceAll('loaded', '').split('\r\u001B[K');
  expect(lines.find((text) => text.includes('/s · '))).toMatch(
    /^growing durable: [\d,]+ states, [\d,]+ open, \d+ violations? · [\d,]+\/s · \d+ s left$/,
  );
});

test('Ctrl-C ends a search with 130 and prints what was found so far, as one document', async () => {
  const folder = project({ 'scenarios/wide/scenario.ts': WIDE_SCENARIO });
  const { code, stdout, stderr } = await crashwise(folder, ['simulate', 'wide', '--json'], { interruptAt: 'loaded' });
  expect(code).toBe(130);
  const { runs } = simulationSchema.parse(JSON.parse(stdout));
  expect(runs).toMatchObject([{ verdict: 'inconclusive', stoppedBy: 'interrupted', closed: false }]);
  expect(stderr).toContain('Interrupted');
});

test('a reader that leaves early is no error', async () => {
  const folder = await installed();
  const bin = join(folder, 'node_modules/.bin/crashwise');
  const { stdout } = spawnSync('sh', ['-c', `${bin} simulate --help 2>&1 | head -1`], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(stdout).toBe('Usage: crashwise simulate [options] [scenario...]\n');
});
