import type { Life } from '../life.js';
import type { Resource } from '../state.js';

/** Whoever asked for the flow, outside the process: asks again in each life, until it has an answer. */
export class Browser implements Resource<{ readonly answered: boolean }> {
  readonly name = 'browser';
  part = { answered: false };

  view(part: { readonly answered: boolean }): unknown {
    return part;
  }

  answer(life: Life): Promise<void> {
    return life.call({ name: 'answer', kind: 'other', text: '' }, () => {
      this.part = { answered: true };
    });
  }
}
