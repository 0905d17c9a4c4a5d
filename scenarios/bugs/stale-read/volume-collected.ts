import { defineBug } from '../define-bug.js';
import { podWithVolume } from '../services/pod-with-volume.js';

/** A pod that is not in the list is taken for gone, and its volume is collected. The list was old. */
const flow = (repaired: boolean) =>
  podWithVolume(async (api, isGone) => {
    if ((await isGone()) && (!repaired || (await isGone()))) await api.drop({ name: 'a' });
  });

export default defineBug({
  id: 'volume-collected',
  family: 'stale-read',
  pattern: 'reconciler',
  measure: 'a second look before a delete',
  fault: 'stale-read',
  crashes: 0,
  faults: 1,
  workers: 1,
  parallel: false,
  breaks: 'no-data-is-lost',
  invisibleAtEnd: true,
  retells: {
    what: 'cassandra-operator 407: stale information about pods leads to the deletion of a volume',
    url: 'https://github.com/instaclustr/cassandra-operator/issues/407',
  },
  search: { faults: ['stale-read'], maxFaults: 1 },
  buggy: flow(false),
  repaired: flow(true),
});
