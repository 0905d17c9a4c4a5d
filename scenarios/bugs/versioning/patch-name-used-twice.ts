import { patched } from 'crashwise/engine';
import { defineBug } from '../define-bug.js';
import { deployments } from '../services/deployments.js';
import { effect } from '../services/effect.js';
import { charge, enlist, listedOrder, refund, services } from '../services/listed-order.js';
import { scenarioOf } from '../services/scenario-of.js';

const order = (change: () => boolean) =>
  listedOrder(async (id) => {
    if (patched('fees')) await enlist(id);
    if (change()) await refund(id);
    await charge(id);
  });

/** A second change goes by the name of the first one, so executions that have the first one are said to have both. */
const flow = (repaired: boolean) =>
  scenarioOf({
    title: 'a change, and then another one',
    services,
    steps: [
      effect('payments.charge', 'exactly-once', 'charged-once'),
      effect('payments.refund', 'at-most-once', 'refunded-once'),
      effect('register.add', 'exactly-once', 'listed-once'),
    ],
    pattern: deployments(
      order(() => false),
      order(() => patched(repaired ? 'goodwill' : 'fees')),
    ),
  });

export default defineBug({
  id: 'patch-name-used-twice',
  family: 'versioning',
  pattern: 'durable',
  measure: 'a name of its own for each patch',
  fault: 'crash',
  crashes: 1,
  faults: 0,
  workers: 1,
  parallel: false,
  breaks: 'ends',
  invisibleAtEnd: true,
  retells: {
    what: 'Temporal developer skill 257: the id of a change is retired for good',
    url: 'https://github.com/temporalio/skill-temporal-developer/pull/257',
  },
  search: {},
  buggy: flow(false),
  repaired: flow(true),
});
