import type { Pattern } from '../pattern.js';
import type { Services } from '../service.js';
import { queue, type QueueOptions, type QueueTools } from './queue.js';
import { StatusTable, type StatusColumn } from './status-table.js';

/** What the code of the jobs finds around it: what a queue has, and one column. */
export interface StatusColumnTools<S extends Services> extends QueueTools<S> {
  readonly status: StatusColumn;
}

export interface StatusColumnOptions<S extends Services> extends Omit<
  QueueOptions<StatusColumnTools<S>>,
  'outbox' // Rows of an outbox would be more columns.
> {
  /** What each row has at the start: one row for each message, under the id of its data. */
  readonly initial: string;
}

/**
 * A queue and exactly one status column: a table with one row for each run, which says how far it has got and nothing
 * else. Whatever a later step needs from an earlier one has to be read from the services or asked for again.
 *
 * @example
 * statusColumn<typeof services>({
 *   messages: [{ name: 'invoice', data: { id: 'i1' } }],
 *   initial: 'new',
 *   jobs: ({ services, status }) => ({
 *     invoice: async ({ data: { id } }) => {
 *       if ((await status.get(id)) !== 'new') return;
 *       await services.mail.send({ to: 'ada', key: id });
 *       await status.set(id, 'new', 'sent');
 *     },
 *   }),
 * });
 */
export function statusColumn<S extends Services>({ initial, ...options }: StatusColumnOptions<S>): Pattern {
  const ids = options.messages.map(({ data }) => data.id);
  const plain = (jobs: QueueOptions<QueueTools<S>>['jobs']): Pattern => queue<S>({ ...options, jobs });
  const base = plain(() => ({}));
  return {
    ...base,
    name: 'status-column',
    title: 'a model: a queue and one status column',
    assumes: [...base.assumes, 'what the table has acknowledged is kept'],
    resources: () => [new StatusTable(ids, initial), ...base.resources()],
    start(machine, [table, ...rest]) {
      const status = (table as StatusTable).column(machine.life);
      plain((tools) => options.jobs({ ...tools, status })).start(machine, rest);
    },
    where(state) {
      const statuses = Object.entries(state.parts['status'] as Readonly<Record<string, string>>);
      const rows = statuses.map(([id, status]) => `row ${id} is "${status}"`).join(', ');
      return `${rows} and ${base.where(state)}`;
    },
  };
}
