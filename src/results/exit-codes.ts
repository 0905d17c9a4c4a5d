/** How the command line ends. Findings and inconclusives together: `FINDINGS`. */
export const EXIT = {
  CLEAN: 0,
  FINDINGS: 1,
  /** Wrong usage, configuration or input: nothing was judged. */
  USAGE: 2,
  /** A bug of crashwise. */
  BUG: 3,
  INCONCLUSIVE: 4,
  INTERRUPTED: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
