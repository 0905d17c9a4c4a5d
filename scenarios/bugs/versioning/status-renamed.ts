import { defineBug } from '../define-bug.js';
import { deployments } from '../services/deployments.js';
import { services, steps, version } from '../services/order-by-status.js';
import { scenarioOf } from '../services/scenario-of.js';

/** A status has a new name. Rows that have the old one are taken for done. */
const flow = (repaired: boolean) =>
  scenarioOf({
    title: 'charge, then a mail; "charged" is called "paid" later',
    services,
    steps,
    pattern: deployments(version('charged', ['charged']), version('paid', repaired ? ['paid', 'charged'] : ['paid'])),
  });

export default defineBug({
  id: 'status-renamed',
  family: 'versioning',
  pattern: 'status-column',
  measure: 'old names are still read',
  fault: 'crash',
  crashes: 1,
  faults: 0,
  workers: 1,
  parallel: false,
  breaks: 'welcomed',
  invisibleAtEnd: true,
  retells: {
    what: 'MoonMind 2249: checkpoints under their old name are not found after a rename',
    url: 'https://github.com/MoonLadderStudios/MoonMind/pull/2249',
  },
  search: {},
  buggy: flow(false),
  repaired: flow(true),
});
