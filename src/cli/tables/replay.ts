import { commandTable } from '../command-table.js';
import { common } from './common.js';

const histories = { variadic: true, text: 'files of recorded histories, or folders of them' } as const;
const workflows = { value: 'module', required: true, text: 'the module that exports the workflows' } as const;

export const replayTable = commandTable({
  name: 'replay',
  summary: 'Replays recorded histories on the workflows of today: which of them the engine would refuse.',
  about:
    'Histories are what `crashwise engine export` prints. They are read one by one, so that there may be any number. ' +
    'Each comes to one of: pass; changed (options or durations differ, which the engine accepts); fail (the engine ' +
    'would refuse it); blocked (the code cannot go on for another reason); unsupported (of another engine or version); ' +
    'not-covered (no such workflow).',
  arguments: { history: histories },
  options: {
    workflows,
    strict: { text: 'what changed counts as a finding, too' },
    coverage: { text: 'tell which workflows, patches and kinds of events the histories reach' },
    each: { value: 'file', text: 'write what became of each history, one a line as JSON' },
    failOn: { value: 'what', choices: ['findings'], text: '`findings`: what could not be replayed ends with 0, not 4' },
    ...common,
  },
  exits: [
    '0 every history passes, or has changed and --strict is not set',
    '1 a history fails or is blocked; with --strict, or has changed',
    '2 a file could not be read; the others were replayed',
    '4 a history is unsupported or not covered',
  ],
  examples: [
    { command: 'crashwise engine export --db orders.db > histories.jsonl', text: 'the histories of an engine' },
    { command: 'crashwise replay histories.jsonl --workflows src/order.ts', text: 'are they safe with this code?' },
    {
      command: 'crashwise replay histories --workflows src/order.ts --coverage',
      text: 'a folder, and what it reaches',
    },
  ],
});

export const patchesTable = commandTable({
  name: 'patches',
  summary: 'Which branch of a patch may go, by what recorded histories need.',
  about:
    'For each patch: where it is called, which histories hold its marker, which went past the call without one, and ' +
    'whether to keep it, to deprecate it, or to delete the call; `unknown` where the histories do not show it. The open ' +
    'executions have to be among them: docs/guides/versions.md has the rules.',
  arguments: { history: histories },
  options: { workflows, ...common },
  exits: ['0 it answered', '2 a file could not be read; what the others say is told'],
  examples: [
    { command: 'crashwise engine export --db orders.db > histories.jsonl', text: 'the histories of an engine' },
    { command: 'crashwise patches histories.jsonl --workflows src/order.ts', text: 'what may go' },
  ],
});
