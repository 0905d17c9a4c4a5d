import type { CommandTable } from '../command-table.js';
import {
  engineListTable,
  engineQueryTable,
  engineRunTable,
  engineShowTable,
  engineSignalTable,
  engineStartTable,
} from './engine.js';
import { lookRoundTable } from './look-round.js';
import { simulateTable } from './simulate.js';

/** Every command, in the order of the help. */
export const TABLES = [
  lookRoundTable,
  simulateTable,
  engineRunTable,
  engineStartTable,
  engineSignalTable,
  engineQueryTable,
  engineListTable,
  engineShowTable,
] as const satisfies readonly CommandTable[];

/** What is said of commands that only hold others. */
export const GROUPS = { engine: 'The reference engine on a SQLite file.' } as const;
