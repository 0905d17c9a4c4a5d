import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'key order',
  blame: 'key order',
  use: 'the first key, as the choice of who has not chosen',
  guard: 'unseen',
};

interface Signup {
  readonly customer: string;
  readonly plan: string | null;
}

const steps = activities<{
  loadPlans: () => Readonly<Record<'startTeam' | 'startSolo', number>>;
  startTeam: (customer: string) => string;
  startSolo: (customer: string) => string;
}>();

export const wrong = workflow('default-plan-first-key', async ({ customer, plan }: Signup) => {
  const plans = await steps.loadPlans();
  const [first] = Object.keys(plans); // <- blame
  return (plan ?? first) === 'startSolo' ? steps.startSolo(customer) : steps.startTeam(customer);
});

export const repaired = workflow('default-plan-first-key-repaired', async ({ customer, plan }: Signup) => {
  const plans = await steps.loadPlans();
  const cheapest = plans.startSolo <= plans.startTeam ? 'startSolo' : 'startTeam';
  return (plan ?? cheapest) === 'startSolo' ? steps.startSolo(customer) : steps.startTeam(customer);
});

export const fuzz: FuzzPlan = {
  input: fc.record({ customer: fc.constantFrom('ada', 'bo'), plan: fc.constantFrom(null, null, 'startTeam') }),
  results: {
    loadPlans: fc.record({ startTeam: fc.constantFrom(29, 49), startSolo: fc.constantFrom(9, 39) }),
    startTeam: 'sub_team',
    startSolo: 'sub_solo',
  },
};
