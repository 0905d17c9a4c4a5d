import { atServices, type Outgoing } from './at-services.js';
import type { Operator } from './operator.js';

export const compensationSkipped: Operator = {
  name: 'compensation-skipped',
  text: 'what takes a step back is not carried out',
  make: (applied, scenario) =>
    atServices(
      {
        client:
          () =>
          ({ step, args, send }) => {
            if (step?.undoes === undefined) return send(args);
            applied();
            return send(args, 'peek');
          },
      },
      scenario,
    ),
};

/** In place of the first one that a run asks for goes the one that it asks for after that, and the other way round. */
export const compensationReordered: Operator = {
  name: 'compensation-reordered',
  text: 'the last two steps are taken back in the wrong order',
  make(applied, scenario) {
    const order = new Learned();
    return atServices(
      {
        client: () => {
          const otherOf = order.begin();
          return (request) => {
            const other = request.step?.undoes === undefined ? undefined : otherOf(request);
            if (!other) return request.send(request.args);
            applied();
            return request.sendOther(other.effect, other.args);
          };
        },
      },
      scenario,
    );
  },
};

type Asked = Pick<Outgoing, 'effect' | 'args'>;

/**
 * Which two a life asks for first, learned in the first life of all, which nothing disturbs. In those after it they are
 * swapped. It is never learned later: then two lives from one state would differ.
 */
class Learned {
  #lives = 0;
  #pair: readonly [Asked, Asked] | undefined;

  begin(): (one: Asked) => Asked | undefined {
    this.#lives += 1;
    if (this.#lives > 1) {
      const pair = this.#pair;
      return (one) => pair && pair[1 - pair.findIndex((known) => textOf(known) === textOf(one))];
    }
    let first: Asked | undefined;
    return (one) => {
      if (first && textOf(first) !== textOf(one)) this.#pair ??= [first, one];
      first ??= one;
      return undefined;
    };
  }
}

function textOf({ effect, args }: Asked): string {
  return `${effect} ${JSON.stringify(args)}`;
}
