import type { Plan, PlannedStep } from '../plan.js';

/** The flow on the durable engine. */
export function workflowFile(plan: Plan): string {
  const { entity, name, services, steps, ending, type } = plan;
  const first = steps.find(({ service }) => service === 'provider');
  return `import { activities, activityInfo, workflow } from 'crashwise/engine';
${type(`import type { ServiceClients } from 'crashwise/simulator';
import type { services } from './services${ending}';
`)}
// The flow. REPLACE it by yours, or import yours: what is simulated here is the code that a worker runs in production.

/** What the steps do outside. The engine makes the key: the same in each attempt, and after each crash. */
export const ${name}Activities = ({ ${services.join(', ')} }${type(': ServiceClients<typeof services>')}) => ({
${steps.map((step) => activity(step, step === first, plan)).join('\n')}
});

const steps = activities${type(`<ReturnType<typeof ${name}Activities>>`)}();

/** What happens, in which order. It touches nothing outside by itself: it awaits steps, timers and signals. */
export const ${name}Flow = workflow('${entity}', async (id${type(': string')}) => {
${steps.map((step) => `  await steps.${step.name}(id);`).join('\n')}
});
`;
}

function activity({ name, service }: PlannedStep, isFirst: boolean, { type }: Plan): string {
  if (service === 'notifier') return `  ${name}: (id${type(': string')}) => notifier.${name}({ id }),`;
  const note = isFirst ? ' // TRY: take this line away, and one crash is enough to do it twice.' : '';
  return `  ${name}: (id${type(': string')}) =>
    provider.${name}({
      id,
      key: activityInfo().idempotencyKey,${note}
    }),`;
}
