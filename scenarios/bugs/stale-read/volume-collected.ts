import { reconciler } from 'crashwise/simulator';
import { defineBug } from '../define-bug.js';
import { cluster } from '../services/cluster.js';
import { effect } from '../services/effect.js';
import { scenarioOf } from '../services/scenario-of.js';

const services = { cluster };

/** A pod that is not in the list is taken for gone, and its volume is collected. The list was old. */
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
        if (volumes.includes('a') && (await gone()) && (!repaired || (await gone()))) await api.drop({ name: 'a' });
        await api.run({ name: 'a' });
      },
    }),
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
