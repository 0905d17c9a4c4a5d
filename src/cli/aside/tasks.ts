/** What a task has besides its input. */
export interface AsideTools {
  /** Aborted when the user interrupts: what was found so far is the result. */
  readonly signal: AbortSignal;
  /** Shows what goes on; a function is called when it is time for it. */
  show(text: string | (() => string)): void;
  /** Hands on what is done so far, for the case that the rest never comes to an end. */
  part(value: unknown): void;
}

/** What runs beside the main thread, each with the module that is loaded there. Input and result are plain data. */
export const TASKS = {
  crash: async () => (await import('../crash-scenarios.js')).crashScenarios,
  fuzz: async () => (await import('../fuzz-files.js')).fuzzFiles,
  replay: async () => (await import('../replay-aside.js')).replayAside,
  list: async () => (await import('../listed-scenarios.js')).listedScenarios,
} as const;

export type Tasks = { readonly [N in keyof typeof TASKS]: Awaited<ReturnType<(typeof TASKS)[N]>> };

export type ResultOf<N extends keyof Tasks> = Tasks[N] extends (...given: never[]) => Promise<infer R> ? R : never;
