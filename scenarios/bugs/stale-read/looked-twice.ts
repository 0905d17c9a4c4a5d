import { defineBug } from '../define-bug.js';
import { podWithVolume } from '../services/pod-with-volume.js';

/** It looks twice before it deletes a volume. Both looks go to a server that lags behind. */
const flow = (repaired: boolean) =>
  podWithVolume(async (api, isGone) => {
    if ((await isGone()) && (await isGone())) await api.drop({ name: 'a', ifUnused: repaired });
  });

export default defineBug({
  id: 'looked-twice',
  family: 'stale-read',
  pattern: 'reconciler',
  measure: 'precondition on a delete',
  fault: 'stale-read',
  crashes: 0,
  faults: 2,
  workers: 1,
  parallel: false,
  breaks: 'no-data-is-lost',
  invisibleAtEnd: true,
  retells: {
    what: 'CassKop 316: a volume is deleted when the controller reads stale information',
    url: 'https://github.com/Orange-OpenSource/casskop/issues/316',
  },
  search: { faults: ['stale-read'], maxFaults: 2 },
  buggy: flow(false),
  repaired: flow(true),
});
