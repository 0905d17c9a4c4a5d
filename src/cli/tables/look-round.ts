import { commandTable } from '../command-table.js';
import { common } from './common.js';

export const lookRoundTable = commandTable({
  name: '',
  summary: 'Crashes your workflow at every point at which a worker can die.',
  about: 'Alone, it looks round in this directory (nothing is executed) and names the next commands.',
  arguments: {},
  options: common,
  examples: [
    { command: 'crashwise', text: 'what this directory is, and what to do next' },
    { command: 'crashwise simulate signup', text: 'crash the scenario that comes with crashwise' },
  ],
  exits: [
    '0 clean',
    '1 findings',
    '2 wrong usage, configuration or input',
    '3 a bug of crashwise',
    '4 no finding, but something inconclusive',
    '130 interrupted',
  ],
});
