import { defineBug } from '../define-bug.js';
import { deployments } from '../services/deployments.js';
import { services, steps, version } from '../services/order-by-status.js';
import { scenarioOf } from '../services/scenario-of.js';

/** The second version reads both names, the third one only the new one; nobody has looked whether a row has the old one. */
const flow = (repaired: boolean) =>
  scenarioOf({
    title: 'charge, then a mail; in three versions',
    services,
    steps,
    pattern: deployments(
      version('charged', ['charged']),
      version('paid', ['paid', 'charged']),
      version('paid', repaired ? ['paid', 'charged'] : ['paid']),
    ),
  });

export default defineBug({
  id: 'name-dropped-too-early',
  family: 'versioning',
  pattern: 'status-column',
  measure: 'a name is dropped when no row has it',
  fault: 'crash',
  crashes: 2,
  faults: 0,
  workers: 1,
  parallel: false,
  breaks: 'welcomed',
  invisibleAtEnd: true,
  retells: {
    what: 'Temporal Rust SDK 658: nobody can tell which old branches are still needed',
    url: 'https://github.com/temporalio/sdk-rust/issues/658',
  },
  search: {},
  buggy: flow(false),
  repaired: flow(true),
});
