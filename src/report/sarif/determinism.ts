import type { DeterminismResult, DeterminismTarget, FoundDivergence } from '../../results/determinism.js';
import { divergencePlaces } from '../divergence-places.js';
import { plainDivergence } from '../plain-divergence.js';

export interface SarifOptions {
  /** Of crashwise. */
  readonly version: string;
  /** A file of the result as the repository has it. Default: as it stands in the result. */
  readonly inRepository?: (file: string) => string;
}

/** For a divergence that no source could be blamed for. */
const UNKNOWN = 'unknown';

/**
 * The result of `fuzz` as SARIF 2.1.0: a rule for each group of sources, a result for each divergence at the line that is to
 * blame. One that does not count is a note, and suppressed if a baseline accepts it. An inconclusive workflow is a warning of
 * the run, for it is no place in the code. Ends with a line break.
 *
 * @example
 * writeFileSync('fuzz.sarif', determinismSarif(result, { version: '0.1.0' }));
 */
export function determinismSarif(
  { targets }: DeterminismResult,
  { version, inRepository = (file) => file }: SarifOptions,
): string {
  const found = targets.flatMap((target) => target.divergences.map((divergence) => ({ target, divergence })));
  const groups = [...new Set(found.map(({ divergence }) => groupOf(divergence)))].sort();
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'crashwise', version, rules: groups.map(ruleOf) } },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: targets.every(({ stoppedBy }) => stoppedBy !== 'interrupted'),
            toolExecutionNotifications: targets.flatMap((target) => notificationOf(target, inRepository)),
          },
        ],
        results: found.map(({ target, divergence }) =>
          resultOf(target, divergence, groups.indexOf(groupOf(divergence)), inRepository),
        ),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function groupOf({ blame }: FoundDivergence): string {
  return blame[0]?.group ?? UNKNOWN;
}

function idOf(group: string): string {
  return `non-determinism/${group.replaceAll(' ', '-')}`;
}

function ruleOf(group: string): object {
  const text = 'A replay of the workflow asks for something else than what was recorded.';
  return {
    id: idOf(group),
    shortDescription: { text: `Not deterministic: ${group === UNKNOWN ? 'the source is not known' : group}` },
    fullDescription: { text: group === UNKNOWN ? text : `${text} It depends on: ${group}.` },
    defaultConfiguration: { level: 'error' },
  };
}

function resultOf(
  { workflow, file }: DeterminismTarget,
  divergence: FoundDivergence,
  ruleIndex: number,
  inRepository: (file: string) => string,
): object {
  const [first = { file }, ...others] = divergencePlaces(divergence).map((place) => ({
    ...place,
    file: inRepository(place.file),
  }));
  return {
    ruleId: idOf(groupOf(divergence)),
    ruleIndex,
    level: divergence.standing === 'finding' ? 'error' : 'note',
    message: { text: `${workflow}: ${plainDivergence(divergence)}` },
    locations: [locationOf(first)],
    ...(others.length === 0 ? {} : { relatedLocations: others.map((place) => locationOf(place)) }),
    partialFingerprints: { 'crashwiseSignature/v1': `${workflow} ${divergence.signature}` },
    ...(divergence.standing === 'accepted'
      ? { suppressions: [{ kind: 'external', justification: 'The baseline accepts it.' }] }
      : {}),
  };
}

function locationOf({ file, line }: { readonly file: string; readonly line?: number }): object {
  const artifactLocation = { uri: uriOf(file), uriBaseId: '%SRCROOT%' };
  return { physicalLocation: { artifactLocation, ...(line === undefined ? {} : { region: { startLine: line } }) } };
}

function notificationOf(
  { workflow, file, verdict, reasons }: DeterminismTarget,
  inRepository: (file: string) => string,
): object[] {
  if (verdict !== 'inconclusive') return [];
  const text = `${workflow} is inconclusive: ${reasons.join('; ')}`;
  return [{ level: 'warning', message: { text }, locations: [locationOf({ file: inRepository(file) })] }];
}

function uriOf(file: string): string {
  return file.replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/');
}
