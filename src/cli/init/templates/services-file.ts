import type { Plan } from '../plan.js';

/** The world outside of the flow. */
export function servicesFile(plan: Plan): string {
  const { services } = plan;
  return `import { defineService } from 'crashwise/simulator';

// The systems that the flow calls, as plain data and pure functions: what they do with a request, not how.
// REPLACE their names and requests by those of yours, one service for each system.
${keyed(plan)}${services.includes('notifier') ? unkeyed(plan) : ''}
export const services = { ${services.join(', ')} };
`;
}

function keyed({ steps, type }: Plan): string {
  const requests = steps.filter(({ service }) => service === 'provider');
  return `${type(`
interface Request {
  readonly id: string;
  readonly key?: string;
}

interface Done {
  readonly what: string;
  readonly id: string;
  readonly key: string;
}
`)}
/** A request whose key is known is answered, and not carried out again. One without a key is always carried out. */
const oncePerKey =
  (what${type(': string')}) =>
  (state${type(': { readonly done: readonly Done[] }')}, { id, key = 'none' }${type(': Request')}) => {
    const result = \`\${what} for \${id}\`;
    const known = key !== 'none' && state.done.some((one) => one.what === what && one.key === key);
    if (known) return { state, result, effect: 'refused'${type(' as const')}, text: \`the provider knows \${key}, and refuses\` };
    const done = [...state.done, { what, id, key }];
    return { state: { done }, result, effect: 'done'${type(' as const')}, text: \`the provider does it: \${what}\` };
  };

/** Honours idempotency keys, as most payment systems do. */
const provider = defineService({
  initial: { done: []${type(' as readonly Done[]')} },
  requests: {
${requests.map(({ name, title }) => `    ${name}: oncePerKey('${title}'),`).join('\n')}
  },
});
`;
}

function unkeyed({ steps, type }: Plan): string {
  const requests = steps.filter(({ service }) => service === 'notifier');
  return `
/** Knows no keys, as most mail systems: it does what it is asked. Twice stands for more often, or states had no end. */
const notifier = defineService({
  initial: { ${requests.map(({ name }) => `${name}: 0`).join(', ')} },
  requests: {
${requests
  .map(
    ({ name, title }) => `    ${name}: (state, { id }${type(': { id: string }')}) => ({
      state: { ...state, ${name}: Math.min(state.${name} + 1, 2) },
      result: null,
      effect: 'done',
      text: \`the notifier does it for \${id}: ${title}\`,
    }),`,
  )
  .join('\n')}
  },
});
`;
}
