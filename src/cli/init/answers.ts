/** What `init` asks. */
export interface InitAnswers {
  /** Names the folder, the scenario and the flow: letters, digits and dashes. */
  readonly entity: string;
  /** The machinery that the flow runs on. */
  readonly pattern: InitPattern;
  /** What the flow does outside, in words and in order: `charge card`. */
  readonly steps: readonly string[];
  /** Those of the steps that may happen twice; the others happen exactly once. */
  readonly twice: readonly string[];
}

export const INIT_PATTERNS = ['durable', 'accidental'] as const;
export type InitPattern = (typeof INIT_PATTERNS)[number];

export const DEFAULT_ANSWERS: InitAnswers = {
  entity: 'order',
  pattern: 'durable',
  steps: ['charge card', 'send mail'],
  twice: ['send mail'],
};
