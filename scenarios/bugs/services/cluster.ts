import { defineService } from 'crashwise/simulator';

interface Cluster {
  readonly pods: readonly string[];
  readonly volumes: readonly string[];
}

const initial: Cluster = { pods: [], volumes: [] };

/** Pods, and the volumes that they write to. A pod that is run gets a new volume unless there is one of its name. */
export const cluster = defineService({
  initial,
  requests: {
    pods: (state) => ({ state, result: state.pods, effect: 'none', text: `pods: ${state.pods.join()}` }),
    volumes: (state) => ({ state, result: state.volumes, effect: 'none', text: `volumes: ${state.volumes.join()}` }),
    run({ pods, volumes }, { name }: { name: string }) {
      const fresh = !volumes.includes(name);
      return {
        state: {
          pods: pods.includes(name) ? pods : [...pods, name],
          volumes: fresh ? [...volumes, name] : volumes,
        },
        result: null,
        effect: fresh ? 'done' : 'refused',
        text: fresh ? `${name} runs on a new volume` : `${name} runs`,
      };
    },
    /** Deletes a volume. With `ifUnused`: only if no pod has it. */
    drop(state, { name, ifUnused = false }: { name: string; ifUnused?: boolean }) {
      if (ifUnused && state.pods.includes(name)) return { state, result: null, effect: 'none', text: 'it is in use' };
      const volumes = state.volumes.filter((one) => one !== name);
      return { state: { ...state, volumes }, result: null, effect: 'none', text: `volume ${name} is deleted` };
    },
  },
});
