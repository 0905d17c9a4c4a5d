import { reconciler, type ServiceClients } from 'crashwise/simulator';
import { cluster } from './cluster.js';
import { effect } from './effect.js';
import { scenarioOf } from './scenario-of.js';

const services = { cluster };
type Cluster = ServiceClients<typeof services>['cluster'];

/** A pod and its volume; in each pass a volume is collected, and then the pod is run if it is not. */
export const podWithVolume = (collect: (api: Cluster, isGone: () => Promise<boolean>) => Promise<void>) =>
  scenarioOf({
    title: 'a pod and its volume, and no volume without a pod',
    services,
    steps: [effect('cluster.run', 'exactly-once', 'no-data-is-lost')],
    pattern: reconciler<typeof services, null>({
      desired: { title: 'one pod', state: null },
      async pass(_, { services: { cluster: api } }) {
        const isGone = async (): Promise<boolean> => !(await api.pods()).includes('a');
        const volumes = await api.volumes();
        if (volumes.includes('a')) await collect(api, isGone);
        await api.run({ name: 'a' });
      },
    }),
  });
