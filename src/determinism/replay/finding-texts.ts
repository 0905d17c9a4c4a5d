import type { Command, CrashwiseError, Divergence } from '../../engine/index.js';
import { nameOf, type Change } from './changes-of.js';
import type { FindingText } from './outcome.js';
import { near, placeOf } from './place-of.js';

type Found = NonNullable<FindingText['divergence']>;

/** A divergence: the engine would refuse the history. Its signature is what differs, and where in the code. */
export function failText(workflow: string, { code, message }: CrashwiseError, details: Divergence): FindingText {
  const { decision, command, difference, expected, actual, expectedAll, actualAll } = details;
  const location = placeOf(details.location);
  const where = location ? `${location.file}:${location.line} ` : '';
  const path = difference.replaceAll(/\[\d+\]/g, '[]');
  return {
    status: 'fail',
    signature: `${workflow}: ${where}${what(expected)} ≠ ${what(actual)}, ${path}`,
    workflow,
    code,
    message: near(message),
    ...(location ? { location } : {}),
    divergence: { decision, command, difference, expected, actual, expectedAll, actualAll } as Found,
  };
}

/** The code cannot go on for another reason than a difference. */
export function blockedText(workflow: string, id: string, error: CrashwiseError): FindingText {
  const { code, details } = error;
  const message = near(error.message);
  const location = placeOf(String((details as { readonly location?: string } | undefined)?.location ?? ''));
  const where = location ? `${location.file}:${location.line}` : message.replaceAll(id, '').replaceAll(/\d+/g, '');
  return {
    status: 'blocked',
    signature: `${workflow}: ${code} ${where}`,
    workflow,
    code,
    message,
    ...(location ? { location } : {}),
  };
}

/** The engine accepts it, and keeps what was recorded. */
export function changedText(workflow: string, signature: string, change: Change, at: string): FindingText {
  const { path } = change;
  const location = placeOf(at);
  return {
    status: 'changed',
    signature,
    workflow,
    code: 'drift',
    message: `${path} has changed. What was recorded stays in force for what was recorded.`,
    ...(location ? { location } : {}),
    change: { commands: [], path, values: [], moreValues: 0 },
  };
}

export function notCoveredText(workflow: string, known: readonly string[]): FindingText {
  return {
    status: 'not-covered',
    signature: `${workflow}: not there`,
    workflow,
    code: 'unknown-workflow',
    message: `There is no workflow "${workflow}" here. There is: ${known.join(', ')}.`,
  };
}

export function unsupportedText(workflow: string, reason: string): FindingText {
  return { status: 'unsupported', signature: reason, workflow, code: 'unsupported', message: reason };
}

/** A history that was not run, as others of its workflow did not end. */
export function leftOutText(workflow: string): FindingText {
  const message = `Histories of ${workflow} did not come to an end before, so that this one was not run.`;
  return { status: 'not-covered', signature: `${workflow}: not run`, workflow, code: 'not-run', message };
}

/** A history in which code lets nothing else run, ends the process or takes all memory. */
export function endlessText(
  workflow: string,
  { code, message }: Pick<CrashwiseError, 'code' | 'message'>,
): FindingText {
  return { status: 'blocked', signature: `${workflow}: ${code} ${message}`, workflow, code, message };
}

function what(command: Command | null): string {
  return command === null ? 'nothing' : command.kind === 'patch' ? `patch ${command.id}` : nameOf(command);
}
