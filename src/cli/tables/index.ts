import type { CommandTable } from '../command-table.js';
import {
  engineExportTable,
  engineListTable,
  engineQueryTable,
  engineRunTable,
  engineShowTable,
  engineSignalTable,
  engineStartTable,
} from './engine.js';
import { fuzzTable } from './fuzz.js';
import { initTable } from './init.js';
import { lookRoundTable } from './look-round.js';
import { patchesTable, replayTable } from './replay.js';
import { simulateTable } from './simulate.js';

/** Every command, in the order of the help. */
export const TABLES = [
  lookRoundTable,
  initTable,
  simulateTable,
  fuzzTable,
  replayTable,
  patchesTable,
  engineRunTable,
  engineStartTable,
  engineSignalTable,
  engineQueryTable,
  engineListTable,
  engineShowTable,
  engineExportTable,
] as const satisfies readonly CommandTable[];

/** What is said of commands that only hold others. */
export const GROUPS: readonly Pick<CommandTable, 'name' | 'summary' | 'examples'>[] = [
  {
    name: 'engine',
    summary: 'The reference engine on a SQLite file.',
    examples: [
      {
        command: `crashwise engine start order --db orders.db --id order-1 --input '"order-1"'`,
        text: 'record the start of an execution; the file is made where there is none',
      },
      { command: 'crashwise engine run --db orders.db --workflows ./order.ts', text: 'a worker that runs it' },
      { command: 'crashwise engine list --db orders.db', text: 'where the executions stand' },
    ],
  },
];
