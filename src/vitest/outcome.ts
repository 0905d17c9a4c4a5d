export interface Outcome {
  readonly pass: boolean;
  readonly message: () => string;
}

/** What vitest calls a matcher with. */
export interface Call {
  readonly isNot?: boolean | undefined;
}

/** Fails with `.not` as well as without it: what was not decided is a pass for nobody. */
export function undecided({ isNot }: Call, message: () => string): Outcome {
  return { pass: isNot === true, message };
}
