import { defineBug } from '../define-bug.js';
import { rollout } from '../services/deployments.js';
import { services, steps, version } from '../services/order-by-status.js';
import { scenarioOf } from '../services/scenario-of.js';

/** For a while there are processes of both versions. An old one finds a status of a new one, and takes it for done. */
const flow = (repaired: boolean) =>
  scenarioOf({
    title: 'charge, then a mail; while a new version is rolled out',
    services,
    steps,
    pattern: rollout(version('charged', ['charged']), version(repaired ? 'charged' : 'paid', ['charged', 'paid'])),
  });

export default defineBug({
  id: 'producer-first',
  family: 'versioning',
  pattern: 'status-column',
  measure: 'consumers before producers',
  fault: 'crash',
  crashes: 1,
  faults: 0,
  workers: 1,
  parallel: false,
  breaks: 'welcomed',
  invisibleAtEnd: true,
  retells: {
    what: 'Sidekiq-Cron 392: two versions at a time, and the old one gets jobs of the new one',
    url: 'https://github.com/sidekiq-cron/sidekiq-cron/pull/392',
  },
  search: {},
  buggy: flow(false),
  repaired: flow(true),
});
