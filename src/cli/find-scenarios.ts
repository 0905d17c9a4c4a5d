import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { CrashwiseError } from '../engine/crashwise-error.js';
import { SIMULATOR_ERRORS, simulatorError } from '../simulator/errors.js';
import { didYouMean } from './closest-name.js';
import { globPattern } from './glob-pattern.js';
import { PACKAGE_ROOT } from '../loader/package-root.js';
import { shellWord } from './shell-word.js';
import { shownPath } from '../loader/shown-path.js';

export interface FoundScenario {
  /** The name of its folder. */
  readonly name: string;
  /** What finds it again on the command line. */
  readonly target: string;
  readonly file: string;
  /** True: it comes with crashwise. */
  readonly shipped: boolean;
}

const FILES = ['scenario.ts', 'scenario.js', 'scenario.mts', 'scenario.mjs'];

/** The shipped scenario to begin with. */
export const DEMONSTRATION = 'signup';

/** The shipped flows of the decision table, a row each. */
export const TABLE_ROWS: readonly string[] = ['report-mail', 'dns-records', 'trial-to-paid', 'two-step'];

/** All scenarios of this directory, or those that come with crashwise. */
export function scenariosUnder(root: string, shipped: boolean): readonly FoundScenario[] {
  const folder = join(root, 'scenarios');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const file = scenarioIn(join(folder, name));
      return file === undefined ? [] : [{ name, target: name, file, shipped }];
    });
}

/** The scenarios that are meant by names, paths and `--only`. Throws `scenario-not-found`. */
export function findScenarios(
  targets: readonly string[],
  only: readonly string[] | undefined,
  shippedToo: boolean,
): readonly FoundScenario[] {
  const local = scenariosUnder(process.cwd(), false);
  const shipped = scenariosUnder(PACKAGE_ROOT, true);
  // --only chooses from what --list shows.
  const all = local.length === 0 && (shippedToo || only !== undefined) ? shipped : local;
  const meant = targets.length === 0 ? all : once(targets.map((target) => find(target, local, shipped)));
  if (meant.length === 0) throw noneHere(shipped.map(({ name }) => name));
  const globs = only?.map(globPattern);
  const fit = meant.filter(({ name }) => !globs || globs.some((glob) => glob.test(name)));
  if (fit.length > 0) return fit;
  const names = meant.map(({ name }) => name);
  const suggestion = didYouMean(only?.[0] ?? '', names);
  const message = `No scenario fits --only ${only?.join(' --only ')}. There is: ${names.join(', ')}.${suggestion}`;
  throw simulatorError('scenario-not-found', message);
}

function once(found: readonly FoundScenario[]): readonly FoundScenario[] {
  return found.filter(({ file }, index) => found.findIndex((other) => other.file === file) === index);
}

function noneHere(shipped: readonly string[]): CrashwiseError {
  const own = scenarioIn(process.cwd());
  const one = own === undefined ? DEMONSTRATION : `./${basename(own)}`;
  const message = `There is no scenarios/<name>/scenario.ts here. Shipped: ${shipped.join(', ')}.`;
  const name = `npx crashwise simulate ${shellWord(one)}`;
  const hint = own === undefined ? `Write one, npx crashwise init, or name one: ${name}` : `Name one: ${name}`;
  return new CrashwiseError('scenario-not-found', message, { ...SIMULATOR_ERRORS['scenario-not-found'], hint });
}

function find(target: string, local: readonly FoundScenario[], shipped: readonly FoundScenario[]): FoundScenario {
  const named = local.find(({ name }) => name === target);
  if (named) return named;
  if (existsSync(target)) {
    const file = statSync(target).isDirectory() ? scenarioIn(target) : resolve(target);
    if (file !== undefined) return { name: basename(dirname(file)), target, file, shipped: false };
    throw simulatorError('scenario-not-found', `${shownPath(target)} holds none of ${FILES.join(', ')}.`);
  }
  const own = shipped.find(({ name }) => name === target);
  if (own) return own;
  const names = [...new Set([...local, ...shipped].map(({ name }) => name))];
  const suggestion = didYouMean(target, names);
  throw simulatorError(
    'scenario-not-found',
    `There is no scenario "${target}".${suggestion || ` There is: ${names.join(', ')}.`}`,
  );
}

/** The file of the scenario that a folder holds. */
export function scenarioIn(folder: string): string | undefined {
  return FILES.map((file) => resolve(folder, file)).find((file) => existsSync(file));
}
