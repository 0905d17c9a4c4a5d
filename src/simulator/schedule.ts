import { FAULTS, type CalledAt, type Fault, type FaultAt } from './fault.js';
import { PHASES, type Phase, type Point } from './point.js';
import { simulatorError } from './errors.js';

/**
 * One life of a schedule: the choices it takes, what goes wrong in it, and where it is cut; a life that is not cut runs
 * until it rests.
 */
export interface LifePlan {
  readonly choices: readonly number[];
  readonly faults: readonly FaultAt[];
  readonly crash?: Point;
}

/** The choices that make a run. Prints as one short string: `accidental:cards.charge.landed/~1.2`. */
export interface Schedule {
  readonly pattern: string;
  readonly lives: readonly LifePlan[];
}

/**
 * `pattern:life/life/...`; a life is `~choices!fault=site#occurrence@site#occurrence.phase`, with any number of faults,
 * each part left out where it says nothing. `2*site` is a call of the process that takes over from one that stands still.
 */
export function formatSchedule({ pattern, lives }: Schedule): string {
  const texts = lives.map(({ choices, faults, crash }) => {
    const taken = choices.slice(0, choices.findLastIndex((choice) => choice !== 0) + 1);
    const chosen = taken.length === 0 ? '' : `~${taken.join('.')}`;
    const wrong = faults.map((one) => `!${one.fault}=${callText(one)}`).join('');
    if (!crash) return chosen + wrong;
    const point = `${callText(crash)}.${crash.phase}`;
    return chosen + wrong === '' ? point : `${chosen}${wrong}@${point}`;
  });
  // A last life without choices and without a crash goes without saying.
  if (texts.at(-1) === '') texts.pop();
  return `${pattern}:${texts.join('/')}`;
}

function callText({ site, occurrence, life = 1 }: CalledAt): string {
  return `${life === 1 ? '' : `${life}*`}${site.replaceAll(/[^A-Za-z0-9.:+_-]/gu, percentEncoded)}${occurrence === 1 ? '' : `#${occurrence}`}`;
}

/** Reads what `formatSchedule` writes. Throws `schedule-unreadable`, which names the part that it could not read. */
export function parseSchedule(text: string): Schedule {
  const colon = text.indexOf(':');
  if (colon <= 0) throw simulatorError('schedule-unreadable', `"${text}" does not begin with a pattern and a colon.`);
  const rest = text.slice(colon + 1);
  const lives = rest === '' ? [] : rest.split('/').map(parseLife);
  // The last life is written only if it takes another way than the first at some choice.
  if (lives.at(-1)?.crash || lives.length === 0) lives.push({ choices: [], faults: [] });
  return { pattern: text.slice(0, colon), lives };
}

function parseLife(text: string, index: number): LifePlan {
  const form =
    /^(?:~(?<choices>\d+(?:\.\d+)*))?(?<faults>(?:![a-z-]+=[^~@#/!=]+(?:#\d+)?)*)(?:(?<at>@|^)(?<site>[^~@#/!=]+?)(?:#(?<occurrence>\d+))?\.(?<phase>[a-z-]+))?$/;
  const { choices = '', faults = '', site, occurrence = '1', phase } = form.exec(text)?.groups ?? {};
  const wrong = faults.split('!').slice(1).map(parseFault);
  const known = phase === undefined || (PHASES as readonly string[]).includes(phase);
  const crash = site === undefined ? undefined : calledAt(site, occurrence);
  const misnamed = site !== undefined && crash === undefined;
  if (!form.test(text) || text === '' || !known || misnamed || wrong.includes(undefined)) {
    const why = known
      ? 'is not of the form ~choices!fault=site#occurrence@site#occurrence.phase'
      : `ends in no phase: ${PHASES.join(', ')}`;
    const message = `Life ${index + 1} of the schedule, "${text}", ${why}.`;
    throw simulatorError('schedule-unreadable', message);
  }
  return {
    choices: choices === '' ? [] : choices.split('.').map(Number),
    faults: wrong as FaultAt[],
    ...(crash ? { crash: { ...crash, phase: phase as Phase } } : {}),
  };
}

function parseFault(text: string): FaultAt | undefined {
  const [fault, call = ''] = text.split('=');
  const [site = '', occurrence = '1'] = call.split('#');
  const at = calledAt(site, occurrence);
  if (!at || !(FAULTS as readonly (string | undefined)[]).includes(fault)) return undefined;
  return { ...at, fault: fault as Fault };
}

// `2*site`: a star in the name of a site is percent-encoded.
function calledAt(text: string, occurrence: string): CalledAt | undefined {
  const [, life, name = text] = /^(\d+)\*(.*)$/.exec(text) ?? [];
  const site = decoded(name);
  if (site === undefined) return undefined;
  return { site, occurrence: Number(occurrence), ...(life === undefined ? {} : { life: Number(life) }) };
}

function decoded(site: string): string | undefined {
  try {
    return decodeURIComponent(site);
  } catch {
    return undefined; // A percent sign that no two digits follow.
  }
}

// encodeURIComponent leaves some characters as they are, `~` among them, which have a meaning here.
function percentEncoded(character: string): string {
  return [...Buffer.from(character)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
}
