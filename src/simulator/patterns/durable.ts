import {
  Client,
  createRuntime,
  MemoryStore,
  Progress,
  Worker,
  type History,
  type HistoryEvent,
  type Workflow,
} from '../../engine/index.js';
import type { MemoryState } from '../../engine/store/memory.js';
import { boundedStore } from '../bounded-store.js';
import type { Pattern } from '../pattern.js';
import type { ServiceClients, Services } from '../service.js';
import { Chain, Deadline, type DurableState, type Resource } from '../state.js';
import { Browser } from './browser.js';

/** The lease of the worker under test; only its order among the other deadlines can matter. */
const LEASE_MS = 30_000;

export interface DurableOptions<S extends Services, Input> {
  readonly workflow: Workflow<Input>;
  /** The activities over the services of the scenario. */
  readonly activities: (services: ServiceClients<S>) => object;
  /** The execution to start: its id is what makes a repeated request harmless. */
  readonly start: { readonly id: string; readonly input: Input };
}

/** The reference engine's own client and worker, as they run in production, over its memory store. */
export function durable<S extends Services, Input>(
  options: DurableOptions<S, Input>,
): Pattern & { readonly options: DurableOptions<S, Input> } {
  return {
    options,
    name: 'durable',
    subject: 'code',
    title: "the reference engine's own worker code",
    oneCommit: true,
    assumes: ['what the store has acknowledged is kept'],
    projections: ['lease tokens, claims and owners', 'recorded times'],
    resources: () => [new StoreResource(), new Browser()],
    start({ life, surroundings, services }, [store, browser]) {
      const bounded = boundedStore((store as StoreResource).store, life);
      const client = new Client({ store: bounded, clock: life.clock, ids: () => surroundings.freshId() });
      const worker = new Worker({
        store: bounded,
        workflows: [options.workflow as Workflow],
        activities: options.activities(services as ServiceClients<S>),
        id: surroundings.freshId(),
        clock: life.clock,
        leaseMs: LEASE_MS,
        pollMs: Infinity, // Nobody else writes to this store.
        report: (error) => life.note(`the worker reports ${error.code}: ${error.message}`),
      });
      void (async () => {
        if (!(browser as Browser).part.answered) {
          life.note('the request comes in');
          await client.start(options.workflow, { ...options.start, onConflict: 'use-existing' });
          await (browser as Browser).answer(life);
        }
        life.note('the worker looks for work');
        await worker.run();
      })();
    },
    async hazards(states) {
      const runtime = createRuntime([options.workflow as Workflow]);
      for (const state of states) {
        for (const { history } of Object.values((state.parts['store'] as MemoryState).executions)) {
          if ((await runtime.decide(history)).readsTime) return ['the workflow reads the time, and keys hold no times'];
        }
      }
      return [];
    },
    stuck(state) {
      const { executions } = state.parts['store'] as MemoryState;
      return Object.values(executions).some(({ execution }) => execution.status === 'blocked');
    },
    where(state: DurableState) {
      const { executions } = state.parts['store'] as MemoryState;
      const entry = executions[options.start.id];
      if (!entry) return `execution ${options.start.id} was never started`;
      const { status, problem } = entry.execution;
      return `execution ${options.start.id} is ${status}${problem ? `: ${firstSentence(problem.message)}` : ''}`;
    },
  };
}

/** Without its full stop, as part of a longer one. */
function firstSentence(message: string): string {
  return message.split('\n')[0]!.replace(/\.$/, '');
}

class StoreResource implements Resource<MemoryState> {
  readonly name = 'store';
  store = new MemoryStore();

  get part(): MemoryState {
    return this.store.state;
  }

  set part(state: MemoryState) {
    this.store = new MemoryStore(state);
  }

  view({ executions }: MemoryState): unknown {
    return Object.entries(executions).map(([id, { execution, history }]) => ({
      id,
      status: execution.status,
      problem: execution.problem,
      wakeAt: execution.wakeAt === null ? null : new Deadline(execution.wakeAt),
      lease: execution.leaseUntil === null ? null : new Deadline(execution.leaseUntil),
      history: new Chain(history, withoutTimes),
      pending: pendingTimes(history),
    }));
  }

  dropped({ executions }: MemoryState): unknown {
    return Object.values(executions).map(({ execution: { claims, leaseToken, leaseOwner, createdAt }, history }) => ({
      claims,
      leaseToken,
      leaseOwner,
      createdAt: new Deadline(createdAt),
      at: new Chain(history, timeSince),
      last: new Deadline(history.at(-1)!.at),
    }));
  }
}

function withoutTimes(event: HistoryEvent): unknown {
  return { ...event, at: undefined, retryAt: undefined };
}

function timeSince({ at }: HistoryEvent, previous: HistoryEvent | undefined): unknown {
  return previous === undefined ? null : at - previous.at;
}

/** Every timer and every retry that is still to come, not only the earliest: which of them are past decides what happens. */
function pendingTimes(history: History): unknown {
  const { timers, activities } = progressOf(history);
  return [
    ...timers.map(({ seq, dueAt }) => [seq, new Deadline(dueAt)]),
    ...activities.map(({ command, notBefore }) => [command.seq, new Deadline(notBefore)]),
  ];
}

const standings = new WeakMap<HistoryEvent, Progress>();

/** Kept by the last event, which is in no other history at this place: the next history is one commit longer. */
function progressOf(history: History): Progress {
  const last = history.at(-1)!;
  let standing = standings.get(last);
  if (!standing) {
    const known = history.findLastIndex((event) => standings.has(event));
    standing = known < 0 ? new Progress([]) : standings.get(history[known]!)!.fork();
    standing.add(history.slice(known + 1));
    standings.set(last, standing);
  }
  return standing;
}
