import { expect, test } from 'vitest';
import { shallow, type Evidence } from './shallow.js';

const failures = (texts: Readonly<Record<string, number>>) => new Map(Object.entries(texts));

const whole: Evidence = {
  searched: { runs: 100, stalled: 0, failures: failures({}), stoppedBy: 'runs' },
  covered: { hit: 17, of: 17 },
  open: {},
  unread: [],
};
const given = (searched: Partial<Evidence['searched']>, rest: Partial<Omit<Evidence, 'searched'>> = {}): Evidence => ({
  ...whole,
  ...rest,
  searched: { ...whole.searched, ...searched },
});
const few = { covered: { hit: 3, of: 17 } };
const rows = { 'results.fetchRows': 'none' } as const;
const NO_ROWS = 'nothing says what "fetchRows" returns (config: `results`)';

test.each<[string, Evidence, readonly string[]]>([
  ['all branches', whole, []],
  ['all branches, though a result is unknown', { ...whole, open: rows }, []],
  ['three quarters of them', { ...whole, covered: { hit: 3, of: 4 }, open: rows }, []],
  ['half of them, with all that is given', { ...whole, covered: { hit: 2, of: 4 } }, []],
  ['few, and a result is unknown', { ...whole, ...few, open: rows }, ['shallow: 3 of 17 branches', NO_ROWS]],
  [
    'few, and no types were read',
    { ...whole, ...few, open: rows, problem: 'types are not read' },
    ['shallow: 3 of 17 branches', NO_ROWS, 'types are not read'],
  ],
  [
    'few, and only types are known',
    { ...whole, ...few, open: { 'results.a': 'types', 'results.b': 'types', input: 'types' } },
    [
      'shallow: 3 of 17 branches',
      'only the types say what "a", "b" return (config: `results`); only its type says what the input is (config: `input`)',
    ],
  ],
  [
    'few, with all that is given',
    { ...whole, ...few },
    ['shallow: 3 of 17 branches', 'what the config gives leads no further'],
  ],
  ['few in the one run that was asked for', given({ runs: 1, stoppedBy: 'path' }, few), []],
  ['no run', given({ runs: 0 }), ['no run was made']],
  ['half of the runs end in a mistake', given({ failures: failures({ 'TypeError: x': 50 }) }), []],
  [
    'more of them do, of several kinds',
    given({ failures: failures({ 'TypeError: x': 30, 'not-serializable: y': 21 }) }, { open: rows }),
    ['shallow: 51 of 100 runs end in an error of its own, TypeError: x', NO_ROWS],
  ],
  ['all of them end in an error that is meant', given({ failures: failures({ 'Error: no such order': 100 }) }), []],
  ['they wait, and all branches were passed', given({ stalled: 100 }), []],
  [
    'they wait for what never comes',
    given({ stalled: 51 }, { covered: { hit: 16, of: 17 } }),
    ['shallow: 16 of 17 branches; 51 of 100 runs wait for what never comes (config: `signals`)'],
  ],
  [
    'no branch at all',
    { ...whole, covered: { hit: 0, of: 0 } },
    ['its branches could not be counted: none of its code is in a file of yours'],
  ],
  ['a file that is not counted', { ...whole, unread: ['a.js'] }, ['the branches of a.js could not be counted']],
])('%s', (_, evidence, reasons) => {
  expect(shallow(evidence)).toEqual(reasons);
});
