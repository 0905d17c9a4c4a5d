import { defineScenario, defineService, queue } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { stepOf } from '../services/step-of.js';

const door = defineService({
  initial: { checked: false, open: false },
  requests: {
    check: (state, _visitor: { id: string }) => ({
      state: { ...state, checked: true },
      result: undefined,
      effect: state.checked ? 'refused' : 'done',
      text: 'the visitor is checked',
    }),
    open(state, { onlyChecked }: { id: string; onlyChecked: boolean }) {
      if (onlyChecked && !state.checked) return { state, result: false, effect: 'refused', text: 'not checked yet' };
      const effect = state.open ? 'refused' : 'done';
      return { state: { ...state, open: true }, result: true, effect, text: 'the door opens' };
    },
  },
});
const services = { door };

/** The queue keeps the order of a group, but for the time after a failover. Nobody else looks at the order. */
const flow = (repaired: boolean) =>
  defineScenario({
    name: 'group-out-of-order',
    title: 'check the visitor, then open the door',
    services,
    keys: ['visitor'],
    steps: [stepOf('door.check', 'check', 'checked-once'), stepOf('door.open', 'open for', 'opened-once')],
    invariants: [
      {
        property: 'nobody-enters-unchecked',
        holds: (world) => world.door.checked || !world.door.open,
        broken: () => 'The door is open for somebody who was not checked.',
      },
    ],
    goal: {
      property: 'visitor-enters',
      reached: (world) => world.door.open && world.door.checked,
      missed: (where) => `The visitor never enters: ${where}.`,
    },
    patterns: [
      queue<typeof services>({
        messages: ['check', 'open'].map((name) => ({ name, id: name, data: { id: 'visitor' }, group: 'visitor' })),
        fifo: true,
        backoffMs: 30_000, // As long as the visibility: keys hold the order of deadlines, and not how far they are.
        jobs: ({ services: clients }) => ({
          check: ({ data: { id } }) => clients.door.check({ id }),
          async open({ data: { id } }) {
            if (!(await clients.door.open({ id, onlyChecked: repaired }))) throw new Error('too early');
          },
        }),
      }),
    ],
    assumes: [],
  });

export default defineBug({
  id: 'group-out-of-order',
  family: 'double-resume',
  pattern: 'queue',
  measure: 'condition on the step before',
  fault: 'reorder',
  crashes: 0,
  faults: 1,
  workers: 1,
  parallel: false,
  breaks: 'nobody-enters-unchecked',
  invisibleAtEnd: true,
  retells: {
    what: 'CAP #1078: after the broker has restarted, messages of one topic come in another order',
    url: 'https://github.com/dotnetcore/CAP/issues/1078',
  },
  search: { faults: ['reorder'], maxFaults: 1 },
  buggy: flow(false),
  repaired: flow(true),
});
