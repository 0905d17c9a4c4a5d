import { commandTable } from '../command-table.js';
import { reporterOf } from '../parse-reporter.js';
import { parseBudget, parseCount, parseShard } from '../parse-value.js';
import { common } from './common.js';

export const fuzzTable = commandTable({
  name: 'fuzz',
  summary: 'Searches workflows for non-determinism: runs, records and replays them in other surroundings.',
  about:
    'A module exports workflows, and may export `fuzz`: where input, results, failures and signals come from. What is ' +
    'found is shrunk, and the call that makes a replay differ is named with its line. Finding nothing proves nothing.',
  arguments: { module: { variadic: true, text: 'paths of modules that export workflows' } },
  options: {
    runs: { value: 'n', parse: parseCount, fallback: '1000', text: 'runs of each workflow' },
    budget: {
      value: 'limit',
      parse: parseBudget,
      text: 'stop each workflow after 10s (the default), or after 5000runs',
    },
    seed: { value: 'text', fallback: '1', text: 'what is drawn from, or `random`' },
    path: { value: 'path', text: 'one run again, as a finding prints it, with its --seed' },
    learn: { value: 'dir', text: 'values from the recorded histories below this folder, where nobody gives any' },
    shard: {
      value: 'i/n',
      parse: parseShard,
      text: 'the i-th of n shares of the search, as for machines side by side',
    },
    portable: { text: 'what this engine makes harmless by a recorded value counts as a finding, too' },
    only: { value: 'glob', repeatable: true, text: 'only workflows whose name fits one of these' },
    baseline: {
      value: 'file',
      text: 'a result in JSON: what it holds is known, and counts for no verdict and no exit code',
    },
    failOn: { value: 'what', choices: ['findings'], text: '`findings`: an inconclusive workflow ends with 0, not 4' },
    reporter: {
      value: 'name=file',
      repeatable: true,
      parse: reporterOf('terminal', 'json', 'junit', 'github', 'sarif'),
      text: 'terminal, json, junit, github or sarif; stdout has the one without =file, else terminal',
    },
    ...common,
  },
  exits: [
    '0 no divergence was found',
    '1 a workflow is divergent',
    '2 a module could not be used',
    '4 something stayed inconclusive',
  ],
  examples: [
    { command: 'crashwise fuzz src/workflows.ts', text: 'every workflow of a module' },
    { command: 'crashwise fuzz src/workflows.ts --only trial-nudge --seed 7 --path 0:36', text: 'one finding again' },
    { command: 'crashwise fuzz src/workflows.ts --runs 100000 --budget 600s --seed random', text: 'at night' },
    {
      command: 'crashwise fuzz src/workflows.ts --reporter json=known.json',
      text: 'what there is, to be accepted: from now on with --baseline known.json',
    },
    {
      command: 'crashwise fuzz src/workflows.ts --reporter github=/dev/stderr --reporter sarif=crashwise.sarif',
      text: 'in CI: a screen, annotations, a file for code scanning',
    },
  ],
});
