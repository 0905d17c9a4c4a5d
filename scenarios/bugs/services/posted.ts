import { accidental, type Scenario, type Services } from 'crashwise/simulator';

const HOUR_MS = 3_600_000;

type Tools<S extends Services> = Parameters<Parameters<typeof accidental<S, object>>[0]['app']>[0];

/** A server that is asked for the order, and asked again until it has answered. It has no jobs, and nobody sweeps. */
export function posted<S extends Services>(
  post: (tools: Tools<S>) => () => Promise<void>,
): Scenario['patterns'][number] {
  return accidental<S, object>({
    request: { id: 'o1' },
    stuckAfterMs: HOUR_MS,
    sweepEveryMs: HOUR_MS,
    app: (tools) => ({ post: post(tools), jobs: {}, sweep: async () => {} }),
  });
}
