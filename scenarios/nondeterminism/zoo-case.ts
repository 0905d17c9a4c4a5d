/** What is known of a workflow that is wrong in one way, and is to be found out by the tool. */
export interface ZooCase {
  /** What differs between a run and its replay; see the README for the names. */
  readonly source: string;
  /** The call or value as the tool should name it: `Date.now()`, `module state`. */
  readonly blame: string;
  /** How the workflow uses it, in a few words; no two cases share source and use. */
  readonly use: string;
  /** What the guard of the reference engine does with it. */
  readonly guard: 'recorded' | 'refused' | 'unseen';
  /** The public issue or page that it retells, where there is one. */
  readonly cites?: string;
}
