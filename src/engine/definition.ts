/** A workflow: its name in histories, and the function that orchestrates. Made by `workflow()`. */
export interface Workflow<Input = never, Output = unknown> {
  readonly name: string;
  readonly run: (input: Input) => Promise<Output> | Output;
  /** True: changed options and durations of recorded commands block too, instead of being noted as drift. */
  readonly strict: boolean;
}
