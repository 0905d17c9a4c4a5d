import { deprecatePatch, patched } from 'crashwise/engine';
import { defineBug } from '../define-bug.js';
import { deployments } from '../services/deployments.js';
import { chargedAndBack, steps } from '../services/inserted-step.js';
import { services } from '../services/listed-order.js';
import { scenarioOf } from '../services/scenario-of.js';

/** The third version drops the old branch. An execution of the first one, which the second one still knew, is stuck. */
const flow = (repaired: boolean) =>
  scenarioOf({
    title: 'charge and pay back, in three versions',
    services,
    steps,
    pattern: deployments(
      chargedAndBack(() => false),
      chargedAndBack(() => patched('enlist')),
      chargedAndBack(() => {
        if (repaired) return patched('enlist');
        deprecatePatch('enlist');
        return true;
      }),
    ),
  });

export default defineBug({
  id: 'old-branch-dropped',
  family: 'versioning',
  pattern: 'durable',
  measure: 'an old branch is kept while old executions are open',
  fault: 'crash',
  crashes: 2,
  faults: 0,
  workers: 1,
  parallel: false,
  breaks: 'ends',
  invisibleAtEnd: true,
  retells: {
    what: 'Temporal documentation 3745: how long a patch has to stay',
    url: 'https://github.com/temporalio/documentation/pull/3745',
  },
  search: {},
  buggy: flow(false),
  repaired: flow(true),
});
