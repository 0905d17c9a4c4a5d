import type { FirstRecall, SeededBug } from './all-bugs.js';
import type { Bug } from './define-bug.js';

const COLUMNS = ['bug', 'pattern', 'measure', 'fault', 'price', 'breaks', 'retells', 'first recall'] as const;

/** All bugs as tables of Markdown, one for each family. */
export function bugTable(bugs: readonly SeededBug[]): string {
  const families = [...new Set(bugs.map(({ bug }) => bug.family))];
  const tables = families.map((family) => {
    const rows = bugs.filter(({ bug }) => bug.family === family).map(cellsOf);
    return [`### ${family}`, '', ...aligned([[...COLUMNS], ...rows])].join('\n');
  });
  return `${tables.join('\n\n')}\n`;
}

function cellsOf({ file, bug, first }: SeededBug): string[] {
  const { id, pattern, measure, fault, breaks, retells } = bug;
  const { what, url } = retells;
  return [`[${id}](${file})`, pattern, measure, fault, priceOf(bug), breaks, `[${what}](${url})`, recallOf(bug, first)];
}

function priceOf({ crashes, faults, workers, parallel, invisibleAtEnd }: Bug): string {
  const count = (n: number, what: string, more = `${what}s`): string[] =>
    n === 0 ? [] : [`${n} ${n === 1 ? what : more}`];
  const price = [...count(crashes, 'crash', 'crashes'), ...count(faults, 'other fault')];
  return [
    price.length === 0 ? 'an order' : price.join(', '),
    ...(workers > 1 ? [`${workers} workers`] : []),
    ...(parallel ? ['parallel steps'] : []),
    ...(invisibleAtEnd ? ['invisible at the end'] : []),
  ].join('; ');
}

/** Whether the first search found the bug, and said nothing of the twin. */
function recallOf({ breaks }: Bug, first: FirstRecall | undefined): string {
  if (!first) return 'not searched yet';
  const { buggy, repaired, why } = first;
  const properties = buggy.broken.map(({ property }) => property);
  const others = properties.filter((property) => property !== breaks);
  const found = properties.length === 0 ? 'not found' : properties.includes(breaks) ? 'found' : 'found as';
  const words = [
    [found, others.join(', ')].filter((word) => word !== '').join(found === 'found' ? ', and ' : ' '),
    ...(repaired.verdict === 'proved' ? [] : [`twin ${repaired.verdict}`]),
  ];
  return [words.join(', '), ...(why === undefined ? [] : [why])].join(': ');
}

function aligned(rows: readonly (readonly string[])[]): string[] {
  const cells = rows.map((row) => row.map((cell) => cell.replaceAll('|', String.raw`\|`)));
  const widths = cells[0]!.map((_, column) => Math.max(...cells.map((row) => row[column]!.length)));
  const line = (row: readonly string[]): string => `| ${row.map((cell, i) => cell.padEnd(widths[i]!)).join(' | ')} |`;
  const [head, ...body] = cells.map(line);
  return [head!, `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...body];
}
