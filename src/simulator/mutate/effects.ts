import { InjectedError } from '../fault.js';
import type { Life } from '../life.js';
import { DesiredState } from '../patterns/desired-state.js';
import { all } from './all.js';
import { atLife } from './at-life.js';
import type { Resource } from '../state.js';
import { atServices, type Outgoing } from './at-services.js';
import { withOtherKey } from './key-in.js';
import type { Operator } from './operator.js';

/** Whether it is to change something outside. */
function isEffect({ step }: Outgoing): boolean {
  return step !== undefined && step.class !== 'read';
}

/** The reconciler has no such measure: a pass writes nothing down, and the next one looks again. */
const isNoReconciler = (resource: Resource): boolean => !(resource instanceof DesiredState);

/** Not before the next write of the machinery is done: the result, the status, the acknowledgement. */
export const effectAfterRecord: Operator = {
  name: 'effect-after-record',
  text: 'an effect is written down as done first, and carried out after that',
  standsOn: isNoReconciler,
  make(applied, scenario) {
    const held = new WeakMap<Life, (() => Promise<unknown>)[]>();
    const services = atServices(
      {
        client: ({ life }) => {
          const later: (() => Promise<unknown>)[] = [];
          held.set(life, later);
          return async (request) => {
            const { args, send } = request;
            if (!isEffect(request)) return send(args);
            const foreseen = await send(args, 'peek');
            applied();
            later.push(() => send(args));
            return foreseen;
          };
        },
      },
      scenario,
    );
    const carriedOut = atLife(async (life, call) => {
      const answer = await call();
      for (const effect of held.get(life)?.splice(0) ?? []) await effect();
      return answer;
    });
    return all(carriedOut, services);
  },
};

export const errorSwallowed: Operator = {
  name: 'error-swallowed',
  text: 'an error of a service is caught, and the flow goes on as if there had been none',
  faults: ['error'],
  standsOn: isNoReconciler,
  make: (applied, scenario) =>
    atServices(
      {
        client: () => (request) => {
          const answer = request.send(request.args);
          if (!isEffect(request)) return answer;
          return answer.catch((error: unknown) => {
            if (!(error instanceof InjectedError)) throw error;
            applied();
            return undefined;
          });
        },
      },
      scenario,
    ),
};

/** Where a request has no key, a service that refuses it goes by its name. */
export const uniqueIgnored: Operator = {
  name: 'unique-ignored',
  text: 'a service does not refuse a second thing of one name',
  make: (applied, scenario) =>
    atServices(
      {
        client: () => (request) => {
          const { args, send } = request;
          const keyed = withOtherKey(args, (key) => key) !== undefined;
          return isEffect(request) && !keyed ? send(args, 'changed') : send(args);
        },
        arrival: ({ state, args, serve }) => {
          const answer = serve(state, args);
          if (answer.effect !== 'refused') return answer;
          applied();
          return { ...answer, effect: 'done', text: `carried out again, though ${answer.text}` };
        },
      },
      scenario,
    ),
};
