import type { Plan, PlannedStep } from '../plan.js';

/** What is simulated, and what must hold. */
export function scenarioFile(plan: Plan): string {
  const { entity, name, pattern, steps, ending, services } = plan;
  const last = steps.at(-1)!;
  const count = services.length === 1 ? 'the service' : `the ${services.length} services`;
  const reached =
    last.service === 'notifier'
      ? `({ notifier }) => notifier.${last.name} > 0`
      : `({ provider }) => provider.done.some(({ what }) => what === '${last.title}')`;
  return `import { ${pattern === 'accidental' ? 'accidental, defineScenario' : 'defineScenario, durable'} } from 'crashwise/simulator';
${
  pattern === 'accidental'
    ? `import { HOUR_MS, ${name}App } from './app${ending}';
import { services } from './services${ending}';`
    : `import { services } from './services${ending}';
import { ${name}Activities, ${name}Flow } from './workflow${ending}';`
}

// Run it: npx crashwise simulate ${entity}

/** The one run that is crashed. REPLACE: an id, and with it an input, as your flow gets them. */
const id = '${entity}-1';

export default defineScenario({
  name: '${entity}',
  title: '${steps.map(({ title }) => title).join(', ')}',
  services,
  // For each of these every step below must have been done in the end.
  keys: [id],
  steps: [
${steps.map((step, index) => stepText(step, index === 0, plan)).join('\n')}
  ],
  // REPLACE: what must be true of the world when nothing is left to do, however often the process died on the way.
  goal: {
    property: '${entity}-ends',
    reached: ${reached},
    missed: (where) => \`\${id} never ends: \${where}.\`,
  },
${
  pattern === 'accidental'
    ? `  // The machinery around the flow is a model of it. \`durable\` runs the same services on an engine.
  patterns: [accidental({ request: { id }, stuckAfterMs: HOUR_MS, sweepEveryMs: HOUR_MS, app: ${name}App })],`
    : `  // The worker is the engine's own. \`accidental\` runs the same services on a queue, a status column and a sweeper.
  patterns: [durable({ workflow: ${name}Flow, activities: ${name}Activities, start: { id, input: id } })],`
}
  // What a proof rests on and cannot check. Ask your providers, and write down what they say.
  assumes: [
    'the provider remembers a key for as long as a retry may come',
    'all I/O of the flow goes through ${count} of this scenario',
  ],
});
`;
}

function stepText({ title, name, slug, service }: PlannedStep, isFirst: boolean, { type }: Plan): string {
  const isOnce = service === 'provider';
  const meaning = isOnce ? 'Never twice, and done in the end.' : 'Twice is allowed, not at all is not.';
  const others = isFirst ? ' Others: at-most-once, at-least-once, exactly-once, read.' : '';
  return `    {
      title: '${title}',
      effect: '${service}.${name}',
      class: '${isOnce ? 'exactly-once' : 'at-least-once'}', // ${meaning}${others}
      property: '${slug}-${isOnce ? 'once' : 'done'}',
${isFirst ? '      // What a call is about: two calls with one answer here mean the same thing.\n' : ''}      key: (request${type(': { id: string }')}) => request.id,
      text: (${isOnce ? `{ key }${type(': { key?: string }')}` : ''}) => ${isOnce ? `\`${title}, key \${key ?? 'none'}\`` : `'${title}'`},
      twice: (about) => \`\${about}: ${title} was done twice.\`,
      never: (about) => \`\${about}: ${title} was never done.\`,
    },`;
}
