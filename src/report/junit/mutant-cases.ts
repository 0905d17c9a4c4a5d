import type { Mutant, SimulationRun } from '../../results/index.js';
import { element, textElement } from './xml.js';

export interface MutantCase {
  readonly kind: 'passed' | 'failure' | 'error' | 'skipped';
  readonly xml: string;
}

const KINDS = { killed: 'passed', equivalent: 'passed', survived: 'failure', inconclusive: 'error' } as const;

/** A case for each safety measure that was taken away: it fails where nothing broke. One that is not there has none. */
export function mutantCases(run: SimulationRun, failOn: 'findings' | undefined): MutantCase[] {
  return (run.mutants?.list ?? []).flatMap((mutant) => {
    const { status, operator, redundant } = mutant;
    if (status === 'inapplicable') return [];
    const isNoFinding = redundant !== undefined || (status === 'inconclusive' && failOn === 'findings');
    const kind = isNoFinding ? 'skipped' : KINDS[status];
    const attributes = { name: `without: ${operator}`, classname: `${run.scenario}.${run.pattern}`, file: undefined };
    return [{ kind, xml: element('testcase', attributes, body(mutant, kind)) }];
  });
}

function body({ text, redundant, reason = '' }: Mutant, kind: MutantCase['kind']): string[] {
  if (kind === 'passed') return [];
  if (kind === 'skipped') return [element('skipped', { message: redundant ?? reason })];
  const message = kind === 'failure' ? `Nothing breaks: ${text}.` : reason;
  return [textElement(kind, { message, type: 'mutant' }, `${text}: ${reason}`)];
}
