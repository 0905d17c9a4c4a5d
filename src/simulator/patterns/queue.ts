import type { Pattern } from '../pattern.js';
import type { ServiceClients, Services } from '../service.js';
import { runConsumer } from './consumer.js';
import { MessageQueue, type NewMessage, type QueueLimits, type QueueState } from './message-queue.js';
import { Outbox, type OutboxTools } from './outbox.js';
import { queueClient, type JobHandlers, type QueueClient } from './queue-client.js';
import { sleeper } from './sleeper.js';
import { whereMessagesAre } from './where-messages-are.js';

/** What the code of a queue's jobs finds around it. */
export interface QueueTools<S extends Services> extends Partial<OutboxTools> {
  readonly services: ServiceClients<S>;
  readonly queue: QueueClient;
  readonly randomUUID: () => string;
  /** Waits in memory: a crash forgets it. Extend the visibility of the job first if it may take longer. */
  readonly sleep: (ms: number) => Promise<void>;
}

export interface QueueOptions<Tools> {
  /** In the queue at the start. Their ids are those of their data, unless they have their own. */
  readonly messages: readonly NewMessage[];
  /** By name of message. Called once in each life: what it keeps in variables dies with the process. */
  readonly jobs: (tools: Tools) => JobHandlers;
  /** A message that was delivered is hidden for so long. Default 30,000. */
  readonly visibilityMs?: number;
  /** Delivered so often, it is parked in the dead letter queue. A crash counts. Default: no limit. */
  readonly maxDeliveries?: number;
  /** After a failure it is hidden for so long, twice as long after the next, and so on. Default 1,000. */
  readonly backoffMs?: number;
  /** Messages of one group are delivered in order, one at a time. Default false. */
  readonly fifo?: boolean;
  /** Jobs that one process runs at the same time. Default 1. */
  readonly concurrency?: number;
  /** Rows and messages can be written in one transaction; a relay publishes them, at least once. Default false. */
  readonly outbox?: boolean;
}

/**
 * Jobs of a queue with retries and a dead letter queue: a model of what SQS, BullMQ and their like do. A job that throws
 * is tried again after the backoff, and a job whose worker dies after its visibility has run out; both count as
 * deliveries. A job that was delivered `maxDeliveries` times lies in the dead letter queue: the run then misses its goal,
 * unless the scenario says `endings: { parked: 'redriven' }`.
 *
 * @example
 * queue<typeof services>({
 *   messages: [{ name: 'report', data: { id: 'r1', to: 'ada' } }],
 *   jobs: ({ services }) => ({ report: async (job) => services.mail.send({ to: job.data.to, key: job.id }) }),
 *   maxDeliveries: 5,
 * });
 */
export function queue<S extends Services>(options: QueueOptions<QueueTools<S>>): Pattern {
  const limits = limitsOf(options);
  return {
    name: 'queue',
    subject: 'model',
    title: `a model: a queue with retries${limits.maxDeliveries < Infinity ? ' and a dead letter queue' : ''}`,
    oneCommit: false,
    assumes: queueAssumes(options),
    redriveAssumes: REDRIVE,
    projections: queueProjections(limits),
    resources: () => [new MessageQueue(limits, options.messages), ...(options.outbox ? [new Outbox()] : [])],
    start({ life, surroundings, services, endings }, [messages, outbox]) {
      const tools: QueueTools<S> = {
        services: services as ServiceClients<S>,
        queue: queueClient(messages as MessageQueue, surroundings, life),
        randomUUID: () => surroundings.freshId(),
        sleep: sleeper(life),
        ...(outbox as Outbox | undefined)?.tools(surroundings, life),
      };
      void runConsumer({
        life,
        queue: messages as MessageQueue,
        handlers: options.jobs(tools),
        concurrency: options.concurrency ?? 1,
        redrives: endings.parked === 'redriven',
        relay: (outbox as Outbox | undefined)?.relay(messages as MessageQueue, surroundings, life),
      });
    },
    // What is delivered for ever without being acknowledged is no good end either.
    stuck: ({ parts }) => {
      const { parked, waiting } = parts['queue'] as QueueState;
      return parked.length + waiting.length > 0;
    },
    where: ({ parts }) => whereMessagesAre(parts['queue'] as QueueState),
  };
}

export function limitsOf(options: Partial<QueueLimits>): QueueLimits {
  const { visibilityMs = 30_000, maxDeliveries = Infinity, backoffMs = 1_000, fifo = false } = options;
  return { visibilityMs, maxDeliveries, backoffMs, fifo };
}

export function queueAssumes({ concurrency = 1, outbox = false }: Partial<QueueOptions<never>>): string[] {
  return [
    'what the queue has acknowledged is kept',
    `one process runs ${concurrency === 1 ? 'one job at a time' : `up to ${concurrency} jobs at a time`}, in every order that the queue allows`,
    'of a message that is added again under its id while it is there, two copies are as many as more',
    ...(outbox
      ? ['rows and messages of one transaction are one commit', 'the relay publishes before the next job is taken']
      : []),
  ];
}

export const REDRIVE = 'an operator redrives what is parked, once in each life, when nothing else is left to do';

export function queueProjections({ maxDeliveries }: QueueLimits): string[] {
  return maxDeliveries === Infinity ? ['deliveries from 1 on'] : ['deliveries of what is parked'];
}
