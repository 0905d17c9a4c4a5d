import { commandTable } from '../command-table.js';
import { INIT_PATTERNS } from '../init/answers.js';
import { parseEntity, parseNames } from '../parse-value.js';
import { common } from './common.js';

export const initTable = commandTable({
  name: 'init',
  summary: 'Writes a first scenario, which runs at once.',
  about:
    'Into scenarios/<entity>/, in TypeScript or JavaScript, as the project is; .mts or .mjs where it is CommonJS. What is not given is asked for on ' +
    'a terminal. Never overwrites a file.',
  arguments: {},
  options: {
    entity: { value: 'name', parse: parseEntity, text: 'what it is about: letters, digits, dashes' },
    pattern: { value: 'name', choices: INIT_PATTERNS, text: 'what the flow runs on' },
    steps: { value: 'names', parse: parseNames, text: 'what it does outside, in order, with commas between' },
    twice: { value: 'names', parse: parseNames, text: 'those of the steps that may happen twice' },
    yes: { text: 'ask nothing: an order that charges a card and sends a mail, on the durable engine' },
    ...common,
  },
  examples: [
    { command: 'crashwise init', text: 'asks, then writes' },
    { command: 'crashwise init --yes --entity invoice', text: 'asks nothing' },
    {
      command: `crashwise init --entity trial --pattern accidental --steps 'charge card,open account'`,
      text: 'a flow of your own',
    },
  ],
  exits: ['0 written', '2 an answer is missing or wrong, or a file is there already', '130 the questions were left'],
});
