import { commandTable } from '../command-table.js';
import { parseCount } from '../parse-value.js';
import { common, database, module } from './common.js';

const workflows = { value: 'module', text: 'the module that exports the workflows' } as const;
const id = { text: 'the id of the execution' } as const;

export const engineRunTable = commandTable({
  name: 'engine run',
  summary: 'Runs a worker on a database until it is stopped.',
  about: 'The first Ctrl-C (or SIGTERM) stops it when the activities in flight have ended; the second one at once.',
  module,
  arguments: {},
  options: {
    ...database,
    workflows: { ...workflows, required: true },
    leaseMs: { value: 'n', parse: parseCount, fallback: '30000', text: 'how long a dead worker keeps its executions' },
    pollMs: { value: 'n', parse: parseCount, fallback: '500', text: 'how often to look for what others wrote' },
    untilIdle: { text: 'end when nothing runs and nothing is due: retries are waited for, timers and signals are not' },
    ...common,
  },
  examples: [
    { command: 'crashwise engine run --db orders.db --workflows ./order.ts', text: 'a worker' },
    {
      command: 'crashwise engine run --db orders.db --workflows ./order.ts --until-idle',
      text: 'do what is due, for a script',
    },
  ],
  exits: [
    '0 stopped by a signal; idle, with --until-idle',
    '1 idle, but an execution of these workflows is blocked',
    '130 with --until-idle, a signal came first; or a second signal',
  ],
});

export const engineStartTable = commandTable({
  name: 'engine start',
  summary: 'Records the start of an execution; a worker picks it up.',
  about: 'Makes the database where there is none. An id is never used twice.',
  arguments: { workflow: { text: 'the name of the workflow' } },
  options: {
    ...database,
    id: { value: 'id', required: true, text: 'the id of the new execution' },
    input: { value: 'json', text: 'what the workflow is given' },
    workflows: { ...workflows, text: `${workflows.text}; without it the name is not checked` },
    useExisting: { text: 'no error if it is there with the same workflow and input' },
    ...common,
  },
  examples: [
    {
      command: `crashwise engine start order --db orders.db --id order-1 --input '"order-1"'`,
      text: 'one order',
    },
  ],
});

export const engineSignalTable = commandTable({
  name: 'engine signal',
  summary: 'Sends a signal to an execution; it is recorded even if nothing waits for it yet.',
  arguments: {
    id,
    name: { text: 'the name of the signal' },
    args: { variadic: true, optional: true, text: 'its arguments, each as JSON' },
  },
  options: { ...database, ...common },
  examples: [{ command: `crashwise engine signal order-1 approve '"ada"' --db orders.db`, text: 'with one text' }],
});

export const engineQueryTable = commandTable({
  name: 'engine query',
  summary: 'Asks an execution a question, answered by replaying its code. Leaves no trace.',
  arguments: {
    id,
    name: { text: 'the name of the query' },
    args: { variadic: true, optional: true, text: 'its arguments, each as JSON' },
  },
  options: { ...database, workflows: { ...workflows, required: true }, ...common },
  examples: [
    {
      command: 'crashwise engine query order-1 state --db orders.db --workflows ./order.ts',
      text: 'without arguments',
    },
  ],
});

export const engineListTable = commandTable({
  name: 'engine list',
  summary: 'Lists the executions: where each stands, what it waits for, who holds it.',
  arguments: {},
  options: {
    ...database,
    status: {
      value: 'status',
      choices: ['running', 'blocked', 'completed', 'failed'],
      text: 'only those of one status',
    },
    ...common,
  },
  examples: [{ command: 'crashwise engine list --db orders.db --status blocked', text: 'what needs a look' }],
});

export const engineShowTable = commandTable({
  name: 'engine show',
  summary: 'Shows the history of an execution, and what it waits for.',
  arguments: { id },
  options: { ...database, ...common },
  examples: [{ command: 'crashwise engine show order-1 --db orders.db', text: 'from its start until now' }],
});

export const engineExportTable = commandTable({
  name: 'engine export',
  summary: 'Prints recorded histories, one a line, for `replay` and `patches`.',
  about: 'Without ids all of them. Each line is a document of crashwise/history@1 by itself.',
  arguments: { id: { variadic: true, optional: true, text: 'ids of executions' } },
  options: {
    ...database,
    status: {
      value: 'status',
      choices: ['running', 'blocked', 'completed', 'failed'],
      text: 'only those of one status',
    },
    noColor: common.noColor,
  },
  examples: [
    { command: 'crashwise engine export --db orders.db > histories.jsonl', text: 'all of them' },
    {
      command: 'crashwise engine export order-1 --db orders.db > histories/order-1.jsonl',
      text: 'one, to keep beside the code',
    },
  ],
});
