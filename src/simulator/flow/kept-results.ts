import { keepPlain } from '../keep-plain.js';
import type { Life } from '../life.js';
import type { Pattern } from '../pattern.js';
import type { Resource } from '../state.js';

type Results = Readonly<Record<string, unknown>>;

/** What a machinery has written down of the results of steps, beyond what defines it. */
export interface KeptResults {
  /** Undefined if there is none. */
  get(step: string): Promise<unknown>;
  put(step: string, result: unknown): Promise<void>;
  /** Whether results of this step are written down at all. */
  keeps(step: string): boolean;
}

class ResultRow implements Resource<Results> {
  readonly name = 'results';
  part: Results = {};

  view(part: Results): unknown {
    return part;
  }

  client(steps: readonly string[], life: Life): KeptResults {
    return {
      keeps: (step) => steps.includes(step),
      get: (step) =>
        life.call({ name: `results.get:${step}`, kind: 'other', text: `look for the result of "${step}"` }, () => {
          life.note(step in this.part ? `it is ${JSON.stringify(this.part[step])}` : 'there is none');
          return this.part[step];
        }),
      put: (step, result) =>
        life.call({ name: `results.set:${step}`, kind: 'record', text: `write down the result of "${step}"` }, () => {
          this.part = { ...this.part, [step]: keepPlain(result, `the result of ${step}`) };
        }),
    };
  }
}

/** The pattern, and a row in which it keeps the results of these steps. Without steps: the pattern as it is. */
export function keepingResults(steps: readonly string[], make: (kept: KeptResults | undefined) => Pattern): Pattern {
  const base = make(undefined);
  if (steps.length === 0) return base;
  return {
    ...base,
    assumes: [...base.assumes, 'what the row of results has acknowledged is kept'],
    resources: () => [new ResultRow(), ...base.resources()],
    start(machine, [row, ...rest]) {
      make((row as ResultRow).client(steps, machine.life)).start(machine, rest);
    },
  };
}
