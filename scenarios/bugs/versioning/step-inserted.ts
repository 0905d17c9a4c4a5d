import { patched } from 'crashwise/engine';
import { defineBug } from '../define-bug.js';
import { deployments } from '../services/deployments.js';
import { chargedAndBack, steps } from '../services/inserted-step.js';
import { services } from '../services/listed-order.js';
import { scenarioOf } from '../services/scenario-of.js';

/** The new version has a step more. Executions that are past that place do not fit to it. */
const flow = (repaired: boolean) =>
  scenarioOf({
    title: 'charge and pay back, and then with a step in between',
    services,
    steps,
    pattern: deployments(
      chargedAndBack(() => false),
      chargedAndBack(() => !repaired || patched('enlist')),
    ),
  });

export default defineBug({
  id: 'step-inserted',
  family: 'versioning',
  pattern: 'durable',
  measure: 'a patch around a change',
  fault: 'crash',
  crashes: 1,
  faults: 0,
  workers: 1,
  parallel: false,
  breaks: 'ends',
  invisibleAtEnd: true,
  retells: {
    what: 'PostHog 71077: new activities without a version gate break every execution in flight',
    url: 'https://github.com/PostHog/posthog/pull/71077',
  },
  search: {},
  buggy: flow(false),
  repaired: flow(true),
});
