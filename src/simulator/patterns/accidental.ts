import type { Life } from '../life.js';
import type { Pattern } from '../pattern.js';
import type { ServiceClients, Services } from '../service.js';
import type { DurableState } from '../state.js';
import { Browser } from './browser.js';
import { JobQueue, type Job, type Queue } from './job-queue.js';
import { Database, type Fields, type Row, type Table } from './table.js';

/** What the code of an accidental engine finds around it. */
export interface AccidentalTools<S extends Services> {
  readonly table: <F extends Fields>(name: string) => Table<F>;
  readonly queue: Queue;
  readonly services: ServiceClients<S>;
  readonly randomUUID: () => string;
}

/** The roles of one process: an HTTP handler, a worker for each kind of job, and a sweeper. */
export interface AccidentalApp<Request> {
  readonly post: (request: Request) => Promise<void>;
  readonly jobs: Readonly<Record<string, (job: { readonly id: string }) => Promise<void>>>;
  readonly sweep: () => Promise<void>;
}

export interface AccidentalOptions<S extends Services, Request> {
  /** What the browser sends, again in each life until it is answered. */
  readonly request: Request & { readonly id: string };
  /** A row is stuck when it has not changed for so long. */
  readonly stuckAfterMs: number;
  readonly sweepEveryMs: number;
  /** Called once in each life: what it keeps in variables dies with the process. */
  readonly app: (tools: AccidentalTools<S>) => AccidentalApp<Request>;
}

/** A status column, a retry loop, a queue and a sweeper: the durable execution engine that nobody designed. */
export function accidental<S extends Services, Request>(options: AccidentalOptions<S, Request>): Pattern {
  return {
    name: 'accidental',
    subject: 'model',
    title: 'a model: status column, queue and sweeper on a simulated database',
    oneCommit: false,
    assumes: [
      'handler, workers and sweeper are roles of one process and run one at a time, in every order',
      'the queue delivers a job again until it is acknowledged, and holds one job of a name and id',
    ],
    projections: ['times of rows and locks'],
    resources: () => [new Database(options.stuckAfterMs), new JobQueue(), new Browser()],
    start({ life, surroundings, services }, [database, queue, browser]) {
      const app = options.app({
        table: (name) => (database as Database).table(name, life),
        queue: (queue as JobQueue).client(life),
        services: services as ServiceClients<S>,
        randomUUID: () => surroundings.freshId(),
      });
      void runRoles(life, options, app, queue as JobQueue, browser as Browser);
    },
    where(state: DurableState) {
      const tables = state.parts['database'] as Readonly<Record<string, Readonly<Record<string, Row>>>>;
      const row = Object.values(tables).flatMap((rows) => Object.values(rows))[0];
      return row ? `row ${row.id} is "${String(row['status'])}"` : 'there is no row';
    },
  };
}

/** The process: takes whatever role is due, one after the other; which one goes first is a choice of the schedule. */
async function runRoles<S extends Services, Request>(
  life: Life,
  options: AccidentalOptions<S, Request>,
  app: AccidentalApp<Request>,
  queue: JobQueue,
  browser: Browser,
): Promise<never> {
  let nextSweep = life.now + options.sweepEveryMs;
  const post = async (): Promise<void> => {
    life.note(`POST, request ${options.request.id}`);
    await app.post(options.request);
    await browser.answer(life);
  };
  const work = async (job: Job): Promise<void> => {
    await queue.take(job, life);
    await app.jobs[job.name]!(job.data);
    await queue.acknowledge(job, life);
  };
  const sweep = async (): Promise<void> => {
    nextSweep += options.sweepEveryMs;
    life.note('the sweeper runs');
    await app.sweep();
  };
  for (;;) {
    const due = [
      ...(browser.part.answered ? [] : [post]),
      ...queue.due(life.now).map((job) => () => work(job)),
      ...(nextSweep <= life.now ? [sweep] : []),
    ];
    // What it sees of the queue decides what it does, as an answer would.
    life.give(
      `due: ${queue
        .due(life.now)
        .map(({ key }) => key)
        .join(' ')} ${browser.part.answered}`,
    );
    if (due.length > 0) {
      // A role that throws ends as it would in production: nobody is answered, nothing is acknowledged.
      await life
        .during(due[life.choose(due.length)]!())
        .catch((error: unknown) => life.note(`it fails: ${String(error)}`));
    } else {
      const locks = queue.part.map(({ lockedUntil }) => lockedUntil).filter((until) => until > life.now);
      await new Promise<void>((resolve) => {
        life.clock.at(Math.min(nextSweep, ...locks), resolve);
      });
    }
  }
}
