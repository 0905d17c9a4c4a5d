/** What happens now, and what to do. */
export interface Advice {
  readonly next: string;
  readonly hint: string;
}

/**
 * The one error class of crashwise: a stable `code`, what happened (`message`), what happens now (`next`) and what to
 * do (`hint`). Told apart by `code`, never by the text. `CrashwiseError.is` also knows errors of another copy of the
 * package, where `instanceof` does not.
 *
 * @example
 * try { await client.signal('order-1', approve); }
 * catch (error) { if (CrashwiseError.is(error) && error.code === 'execution-closed') return; throw error; }
 */
export class CrashwiseError extends Error {
  override readonly name = 'CrashwiseError';
  readonly code: string;
  readonly next: string;
  readonly hint: string;
  /** Plain data that belongs to the error, for example the expected and the actual command. */
  readonly details: unknown;

  constructor(code: string, message: string, advice: Advice, options?: { cause?: unknown; details?: unknown }) {
    super(message, options?.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.next = advice.next;
    this.hint = advice.hint;
    this.details = options?.details;
  }

  /** The page that tells more, relative to the package. */
  get page(): string {
    return `docs/errors/${this.code}.md`;
  }

  static is(error: unknown): error is CrashwiseError {
    return error instanceof Error && error.name === 'CrashwiseError' && 'code' in error;
  }
}
