import { keepPlain } from './keep-plain.js';
import type { Life, Site } from './life.js';
import type { Resource } from './state.js';

/**
 * A resource that holds plain data: the simplest one, and the measure for others. Each call is one atomic step, which
 * gets the data and returns what it is from then on, and the answer.
 *
 * @example
 * const rows = new PlainData('rows', { open: ['r1'] });
 * const take = (life: Life) =>
 *   rows.call(life, { name: 'rows.take', kind: 'record', text: 'take the first row' }, ({ open }) => ({
 *     data: { open: open.slice(1) },
 *     answer: open[0],
 *   }));
 */
export class PlainData<Data> implements Resource<Data> {
  readonly name: string;
  readonly #view: (data: Data) => unknown;
  #data: Data;

  /** `view`: what of the data can matter for the future. Default: all. */
  constructor(name: string, initial: Data, view: (data: Data) => unknown = (data) => data) {
    this.name = name;
    this.#view = view;
    this.#data = keepPlain(initial, name);
  }

  get part(): Data {
    return this.#data;
  }

  set part(data: Data) {
    this.#data = data;
  }

  view(data: Data): unknown {
    return this.#view(data);
  }

  dropped(data: Data): unknown {
    return data;
  }

  call<Answer>(life: Life, site: Site, step: (data: Data) => { data: Data; answer: Answer }): Promise<Answer> {
    return life.call(site, () => {
      const { data, answer } = step(this.#data);
      this.#data = keepPlain(data, this.name);
      return answer;
    });
  }
}
