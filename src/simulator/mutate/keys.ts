import { createHash } from 'node:crypto';
import type { Machine } from '../pattern.js';
import { atServices, type ServiceChange } from './at-services.js';
import { withOtherKey } from './key-in.js';
import type { Operator } from './operator.js';

/** Shorter than the first wait after an error, than a lease, and than the visibility of a message. */
const WINDOW_MS = 500;

const LEFT_OUT = '(no key)';

/** Each request that has a key gets another one. */
function otherKey(
  name: string,
  text: string,
  change: (machine: Machine, effect: string) => (key: string) => string,
  options: Pick<Operator, 'faults'> & Pick<ServiceChange, 'arrival'> = {},
): Operator {
  const { arrival, ...rest } = options;
  return {
    name,
    text,
    ...rest,
    make: (applied, scenario) =>
      atServices(
        {
          ...(arrival ? { arrival } : {}),
          client: (machine) => {
            const changes = new Map<string, (key: string) => string>();
            return ({ effect, args, send }) => {
              if (!changes.has(effect)) changes.set(effect, change(machine, effect));
              const sent = withOtherKey(args, (key) => {
                const other = changes.get(effect)!(key);
                if (other !== key) applied();
                return other;
              });
              return sent ? send(sent, 'changed') : send(args);
            };
          },
        },
        scenario,
      ),
  };
}

// A key that the service cannot have seen: it would have to be part of the state that it is made from. So each request
// is carried out, as one without a key is, whatever this model of a service makes of a field that is missing.
const unknownKey: ServiceChange['arrival'] = ({ state, args, serve }) => {
  const unseen = `no key ${createHash('sha256').update(JSON.stringify(state)).digest('hex').slice(0, 12)}`;
  return serve(state, JSON.parse(JSON.stringify(args).replaceAll(LEFT_OUT, unseen)) as unknown[]);
};

// Somebody else's run has sent its own request with this key before: what that has left is not ours, and shows nowhere.
const takenKey: ServiceChange['arrival'] = ({ state, args, serve }) => {
  return { ...serve(serve(state, args).state, args), state };
};

export const keyDropped = otherKey('key-dropped', 'the idempotency key is left out', () => () => LEFT_OUT, {
  arrival: unknownKey,
});

export const keyRandom = otherKey(
  'key-random',
  'the idempotency key is made anew for each call',
  ({ surroundings }) =>
    () =>
      surroundings.freshId(),
);

export const keyPerAttempt = otherKey(
  'key-per-attempt',
  'the idempotency key changes with each attempt of a worker',
  () => {
    const sent = new Map<string, number>();
    return (key) => {
      const attempt = (sent.get(key) ?? 0) + 1;
      sent.set(key, attempt);
      return attempt === 1 ? key : `${key}, attempt ${attempt}`;
    };
  },
  { faults: ['timeout-after'] },
);

export const keyShared = otherKey(
  'key-shared',
  'every run uses the same idempotency key, and another run has been there before',
  (_, effect) => () => `the key of every ${effect}`,
  { arrival: takenKey },
);

export const windowShort = otherKey(
  'window-short',
  'the service forgets a key before the last retry can come',
  ({ life }) =>
    (key) =>
      life.now < WINDOW_MS ? key : `${key}, forgotten ${Math.floor(life.now / WINDOW_MS)} times`,
);
