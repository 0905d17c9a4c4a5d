import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { loadModule } from '../../loader/load-module.js';
import { shownPath } from '../../loader/shown-path.js';
import { determinismError } from '../errors.js';
import type { FuzzPlan } from '../fuzz-plan.js';

/** What `crashwise.config.ts` exports as its default. */
export interface Config {
  /** What searches for non-determinism feed workflows with, by the name of the workflow. */
  readonly fuzz?: Readonly<Record<string, FuzzPlan>>;
}

/**
 * A configuration, with its types. It lies in the directory in which `crashwise` is called.
 *
 * @example
 * // crashwise.config.ts
 * export default defineConfig({ fuzz: { order: { results: { chargeCard: { receipt: 'r-1' } } } } });
 */
export function defineConfig(config: Config): Config {
  return config;
}

const NAMES = ['ts', 'mts', 'js', 'mjs'].map((ending) => `crashwise.config.${ending}`);

/** The configuration of the working directory, if there is one. Throws `module-not-loaded`, and `config-unusable`. */
export async function loadConfig(): Promise<Config> {
  const file = NAMES.map((name) => resolve(name)).find((path) => existsSync(path));
  if (file === undefined) return {};
  const { default: config } = await loadModule(file);
  const fuzz: unknown = isObject(config) ? (config['fuzz'] ?? {}) : undefined;
  if (isObject(fuzz)) return config as Config;
  throw determinismError('config-unusable', `${shownPath(file)} has no default export that defineConfig() has made.`);
}

/** What the configuration says of a workflow comes before what its module says. */
export function planOf(workflow: string, own: FuzzPlan, { fuzz }: Config): FuzzPlan {
  const more = fuzz && Object.hasOwn(fuzz, workflow) ? fuzz[workflow] : undefined;
  if (!isObject(more) || !isObject(own)) return more ?? own;
  const both = (name: 'results' | 'failures'): object => {
    const [mine, theirs] = [own[name], (more as FuzzPlan)[name]];
    return mine && theirs ? { [name]: { ...mine, ...theirs } } : {};
  };
  return { ...own, ...more, ...both('results'), ...both('failures') };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
