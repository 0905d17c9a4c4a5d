import { defineScenario, defineService, queue } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { stepOf } from '../services/step-of.js';

type Roles = { readonly [node: string]: 'primary' | 'replica' };

const become =
  (role: 'primary' | 'replica') =>
  (state: Roles, { node }: { id: string; node: string }) => ({
    state: { ...state, [node]: role },
    result: undefined,
    effect: state[node] === role ? ('refused' as const) : ('done' as const),
    text: `${node} is a ${role}`,
  });

const cluster = defineService({
  initial: { a: 'primary', b: 'replica' } as Roles,
  requests: { promote: become('primary'), demote: become('replica') },
});
const services = { cluster };

/** A failover promotes the new primary first, and fences the old one when it gets round to it. */
const flow = (repaired: boolean) =>
  defineScenario({
    name: 'two-primaries',
    title: 'make b the primary in place of a',
    services,
    keys: ['failover'],
    steps: [stepOf('cluster.promote', 'promote', 'promoted-once'), stepOf('cluster.demote', 'demote', 'demoted-once')],
    invariants: [
      {
        property: 'one-primary-at-most',
        holds: ({ cluster: { a, b } }) => !(a === 'primary' && b === 'primary'),
        broken: () => 'Both a and b are primaries.',
      },
    ],
    goal: {
      property: 'failover-ends',
      reached: ({ cluster: { a, b } }) => a === 'replica' && b === 'primary',
      missed: (where) => `The failover never ends: ${where}.`,
    },
    patterns: [
      queue<typeof services>({
        messages: [{ name: 'failover', data: { id: 'failover' } }],
        jobs: ({ services: clients }) => ({
          async failover({ data: { id } }) {
            if (repaired) await clients.cluster.demote({ id, node: 'a' });
            await clients.cluster.promote({ id, node: 'b' });
            if (!repaired) await clients.cluster.demote({ id, node: 'a' });
          },
        }),
      }),
    ],
    assumes: [],
  });

export default defineBug({
  id: 'two-primaries',
  family: 'crash-detection',
  pattern: 'queue',
  measure: 'old owner fenced before the new one begins',
  fault: 'none',
  crashes: 0,
  faults: 0,
  workers: 1,
  parallel: false,
  breaks: 'one-primary-at-most',
  invisibleAtEnd: true,
  retells: {
    what: 'bitnami postgresql-repmgr #112: the failed primary is fenced only after a new one has taken over',
    url: 'https://github.com/bitnami/bitnami-docker-postgresql-repmgr/pull/112',
  },
  search: {},
  buggy: flow(false),
  repaired: flow(true),
});
