import type { Plan, PlannedStep } from '../plan.js';

/** The flow on a status column, a queue and a sweeper. */
export function appFile(plan: Plan): string {
  const { name, steps, ending, services, type } = plan;
  // What a row says before each step.
  const before = ['created', ...steps.map(({ slug }) => `${slug}-done`)];
  const statuses = before.map((status) => `'${status}'`);
  const waiting = steps.map((_, index) => before[index]!);
  return `${type(`import type { AccidentalApp, AccidentalTools } from 'crashwise/simulator';
import type { services } from './services${ending}';

`)}export const HOUR_MS = 3_600_000;
${type(`
/** The status is the last step that is done. */
type Row = { status: ${statuses.join(' | ')} };
`)}
/** The job that does what comes after a status. */
const nextJob${type(': Readonly<Record<string, string>>')} = {
${steps.map(({ name: next }, index) => `  ${index === 0 ? waiting[0] : `'${waiting[index]}'`}: '${next}',`).join('\n')}
};

/** The flow. REPLACE it by what your handler, your job workers and your sweeper do; keep the shape. */
export function ${name}App(tools${type(': AccidentalTools<typeof services>')})${type(': AccidentalApp<{ id: string }>')} {
  const { queue } = tools;
  const { ${services.join(', ')} } = tools.services;
  const rows = tools.table${type('<Row>')}('${name}');
  return {
    /** The HTTP handler. The client asks again until it is answered. */
    async post({ id }) {
      const row = await rows.findOrCreate(id, { status: 'created' });
      if (row.status === 'created') await queue.add('${steps[0]!.name}', { id });
    },
    /** The job workers. A job is delivered again until it has come to its end. */
    jobs: {
${steps.map((step, index) => job(step, index, before, plan)).join('\n')}
    },
    /** Looks for rows that have not moved for an hour. A status that is missing here is one to get stuck in. */
    async sweep() {
      const stuck = await rows.where({ status: Object.keys(nextJob), olderThanMs: HOUR_MS });
      for (const { id, status } of stuck) await queue.add(nextJob[status]${type('!')}, { id });
    },
  };
}
`;
}

function job(step: PlannedStep, index: number, before: readonly string[], { steps }: Plan): string {
  const next = steps[index + 1];
  return `      async ${step.name}({ id }) {
        const row = await rows.get(id);
        if (row?.status !== '${before[index]}') return;
${call(step, step === steps.find(({ service }) => service === 'provider'))}
        await rows.update(id, { status: '${step.slug}-done' });
${next ? `        await queue.add('${next.name}', { id });\n` : ''}      },`;
}

function call({ name, slug, service }: PlannedStep, isFirst: boolean): string {
  if (service === 'notifier') return `        await notifier.${name}({ id });`;
  const note = isFirst ? ' // TRY: key: tools.randomUUID(), which a crash forgets: it is done twice.' : '';
  return `        await provider.${name}({
          id,
          key: \`${slug}:\${id}\`,${note}
        });`;
}
