import { readFileSync, writeFileSync } from 'node:fs';
import { Chalk } from 'chalk';
import { simulate, type Scenario } from 'crashwise/simulator';
import { expect, test } from 'vitest';
import signup from '../../scenarios/signup/scenario.js';
import { renderSimulation } from '../../src/report/terminal/simulation.js';

const readme = new URL('../../README.md', import.meta.url);
const BLOCK = /(<!-- screen: signup -->\n\n```text\n)([\s\S]*?)(```)/;

test('the screen in the README is what the demonstration prints, up to the end of the first story', async () => {
  const result = await simulate({ scenarios: [signup as unknown as Scenario] });
  const screen = renderSimulation(result, {
    chalk: new Chalk({ level: 0 }),
    columns: 80,
    exitCode: 0,
    pagePath: (page) => page,
    readSource: (file) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8'),
  });
  const second = screen.indexOf('\nVIOLATED', screen.indexOf('\nVIOLATED') + 1);
  const upper = `${screen.slice(0, second).trimEnd()}\n`;
  const text = readFileSync(readme, 'utf8');
  expect(text, 'the README has its block').toMatch(BLOCK);
  if (process.env['UPDATE_DOCS'])
    writeFileSync(
      readme,
      text.replace(BLOCK, (_, open, __, close) => `${open}${upper}${close}`),
    );
  expect(BLOCK.exec(readFileSync(readme, 'utf8'))![2], 'stale: run it again with UPDATE_DOCS=1').toBe(upper);
});
