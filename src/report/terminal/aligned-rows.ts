import type { MatrixRow } from '../../results/index.js';

/** One line of the matrices side by side: the row of each pattern, or undefined where it has none. */
export interface AlignedRow {
  readonly title: string;
  readonly kind: MatrixRow['kind'];
  readonly rows: readonly (MatrixRow | undefined)[];
}

/** Matches the rows of the patterns by step and kind, in the order of the first pattern that has them. */
export function alignRows(matrices: readonly (readonly MatrixRow[])[]): AlignedRow[] {
  const aligned: { key: string; title: string; kind: MatrixRow['kind']; rows: (MatrixRow | undefined)[] }[] = [];
  for (const [column, matrix] of matrices.entries()) {
    let place = -1;
    for (const { key, row } of withKeys(matrix)) {
      const known = aligned.findIndex((other) => other.key === key);
      place = known >= 0 ? known : place + 1;
      if (known < 0) {
        const rows = matrices.map(() => undefined);
        aligned.splice(place, 0, { key, title: row.title, kind: row.kind, rows });
      }
      aligned[place]!.rows[column] = row;
    }
  }
  return aligned.filter(saysSomething);
}

// A step may write down twice: the second record of one pattern belongs beside the second of the other.
function withKeys(matrix: readonly MatrixRow[]): { key: string; row: MatrixRow }[] {
  const seen = new Map<string, number>();
  let step = '';
  return matrix.map((row) => {
    const name = row.kind === 'effect' ? row.title : row.kind === 'other' ? '' : step;
    const kind = `${row.kind} ${name}`;
    const nth = (seen.get(kind) ?? 0) + 1;
    seen.set(kind, nth);
    const key = `${kind} ${nth}`;
    if (row.kind === 'effect') step = key;
    return { key, row };
  });
}

function saysSomething({ kind, rows }: AlignedRow): boolean {
  const marks = rows.flatMap((row) => (row ? Object.values(row.cells) : []));
  if (kind === 'other') return marks.some((mark) => mark !== null && mark !== 'once');
  // Where one pattern has no hand-on and the others make it in one commit, there is nothing to compare.
  return kind !== 'hand-on' || marks.some((mark) => mark !== null) || rows.every((row) => row !== undefined);
}
