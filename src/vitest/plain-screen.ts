import { Chalk } from 'chalk';
import { pagePath } from '../cli/page-path.js';
import { readSource } from '../cli/read-source.js';
import type { Screen } from '../report/terminal/screen.js';

/** As the screen of the command line, but without colour: a message goes into files, too. */
export const SCREEN: Screen = { chalk: new Chalk({ level: 0 }), width: 80, readSource, pagePath };
