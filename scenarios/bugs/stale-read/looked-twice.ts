import { reconciler } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { cluster } from '../services/cluster.js';
import { effect } from '../services/effect.js';
import { scenarioOf } from '../services/scenario-of.js';

const services = { cluster };

/** It looks twice before it deletes a volume. Both looks go to a server that lags behind. */
const flow = (repaired: boolean) =>
  scenarioOf({
    title: 'a pod and its volume, and no volume without a pod',
    services,
    steps: [effect('cluster.run', 'exactly-once', 'no-data-is-lost')],
    pattern: reconciler<typeof services, null>({
      desired: { title: 'one pod', state: null },
      async pass(_, { services: { cluster: api } }) {
        const gone = async (): Promise<boolean> => !(await api.pods()).includes('a');
        const volumes = await api.volumes();
        if (volumes.includes('a') && (await gone()) && (await gone()))
          await api.drop({ name: 'a', ifUnused: repaired });
        await api.run({ name: 'a' });
      },
    }),
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
