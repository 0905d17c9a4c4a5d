import { commandTable } from '../command-table.js';
import { FAULT_NAMES } from '../../results/fault-names.js';
import { reporterOf } from '../parse-reporter.js';
import { parseBudget, parseCount, parseNames } from '../parse-value.js';
import { common } from './common.js';

export const simulateTable = commandTable({
  name: 'simulate',
  summary: 'Crashes scenarios at every point, in every order that matters, and judges them.',
  about:
    'A scenario is a name, for scenarios/<name>/scenario.ts (or .js, .mts, .mjs), or the path of a file or folder. ' +
    'Where this directory has none of that name, those that come with crashwise are looked at. Without names: all ' +
    'under scenarios/.',
  arguments: { scenario: { variadic: true, optional: true, text: 'names or paths of scenarios' } },
  options: {
    pattern: {
      value: 'names',
      parse: parseNames,
      text: 'only these patterns, with commas between: durable,accidental',
    },
    faults: {
      value: 'names',
      parse: parseNames,
      text: `what else goes wrong, with commas between, or all: ${FAULT_NAMES.join(', ')}`,
    },
    maxFaults: { value: 'n', parse: parseCount, text: 'so many other faults in a run at most, default 2' },
    zombies: { text: 'a worker may stand still while another takes over, and then go on' },
    matrix: {
      conflicts: ['list', 'schedule'],
      text: 'the flows of the decision table, or those named, as one table: verdict, price, cause, and what has to be added',
    },
    mutants: {
      conflicts: ['list'],
      text: 'of what is proved: take each safety measure away, and search for what that breaks',
    },
    schedule: {
      value: 'text',
      conflicts: ['pattern', 'budget', 'list', 'faults', 'maxFaults', 'zombies', 'mutants'],
      text: 're-run one schedule, as a story prints it, instead of searching',
    },
    list: { text: 'the scenarios and their patterns; nothing is run' },
    lastFailed: { conflicts: ['list'], text: 'only scenarios that had findings when they were last run here' },
    only: { value: 'glob', repeatable: true, text: 'only scenarios whose name fits one of these' },
    seed: {
      value: 'text',
      fallback: '1',
      text: 'what a search of so many runs draws from, or `random`; an exhaustive one draws nothing',
    },
    budget: {
      value: 'limit',
      parse: parseBudget,
      text: 'stop after 60s (of the whole command) or 5000states a run; 5000runs: search at random instead, so often',
    },
    failOn: { value: 'what', choices: ['findings'], text: '`findings`: an inconclusive run ends with 0, not 4' },
    reporter: {
      value: 'name=file',
      repeatable: true,
      parse: reporterOf('terminal', 'json', 'junit', 'github', 'mermaid'),
      conflicts: ['list'],
      text: 'terminal, json, junit, github or mermaid; stdout has the one without =file, else terminal',
    },
    emitTest: {
      value: 'file',
      conflicts: ['list'],
      text: 'write a vitest file that fails until the first unexpected violation is mended',
    },
    ...common,
  },
  examples: [
    { command: 'crashwise simulate signup', text: 'every pattern of one scenario' },
    { command: 'crashwise simulate signup --pattern durable --json', text: 'one pattern, for a script' },
    { command: 'crashwise simulate signup --faults timeout-after,late', text: 'crashes, and up to two other faults' },
    { command: 'crashwise simulate signup --mutants', text: 'whether each safety measure is needed, and tested' },
    {
      command: 'crashwise simulate signup --budget 5000runs --seed random',
      text: 'at random, for a flow that is too large; it never proves',
    },
    {
      command: 'crashwise simulate signup --schedule accidental:cards.charge.landed',
      text: 'one story again',
    },
    {
      command: 'crashwise simulate --reporter junit=crashwise.xml --reporter github=/dev/stderr',
      text: 'in CI: a screen, a file for the test report, annotations',
    },
  ],
  exits: [
    '0 every run as its scenario expects',
    '1 another verdict, an unexpected violation, or a mutant that survives',
    '2 wrong usage; or a file that was asked for is not written',
    '4 stopped before all was seen; or a schedule that breaks nothing',
  ],
});
