import { statusColumn, type Scenario, type Services } from 'crashwise/simulator';

type Jobs<S extends Services> = Parameters<typeof statusColumn<S>>[0]['jobs'];
type Order<S extends Services> = (tools: Parameters<Jobs<S>>[0]) => ReturnType<Jobs<S>>[string];

/** A queue with the order in it, a status column, and what is done with the order in each delivery. */
export function orderColumn<S extends Services>(order: Order<S>, initial = 'new'): Scenario['patterns'][number] {
  return statusColumn<S>({
    messages: [{ name: 'order', data: { id: 'o1' } }],
    initial,
    jobs: (tools) => ({ order: order(tools) }),
  });
}
