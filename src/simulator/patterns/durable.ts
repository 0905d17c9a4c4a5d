import {
  Client,
  createRuntime,
  MemoryStore,
  Progress,
  Worker,
  type History,
  type HistoryEvent,
  type OpenActivity,
  type Workflow,
} from '../../engine/index.js';
import { retryDelayMs } from '../../engine/retry.js';
import type { Entry, MemoryState } from '../../engine/store/memory.js';
import { boundedStore } from '../bounded-store.js';
import type { Life } from '../life.js';
import type { Pattern } from '../pattern.js';
import type { ServiceClients, Services } from '../service.js';
import { Chain, Deadline, JsonText, type DurableState, type Resource } from '../state.js';
import { Browser } from './browser.js';
import { NOBODY, sendersInWords, SignalSenders, type OutsideSignal } from './signal-senders.js';

/** The lease of the worker under test; only its order among the other deadlines can matter. */
const LEASE_MS = 30_000;

/** How long whoever sent a request waits after an error before it is sent again. */
const ASKS_AGAIN_MS = 1_000;

export interface DurableOptions<S extends Services, Input> {
  readonly workflow: Workflow<Input>;
  /** The activities over the services of the scenario. */
  readonly activities: (services: ServiceClients<S>) => object;
  /** The execution to start: its id is what makes a repeated request harmless. */
  readonly start: { readonly id: string; readonly input: Input };
  /** What others send to the execution while it runs: each at any moment, or never. Default: nothing. */
  readonly signals?: readonly OutsideSignal[];
}

/** The reference engine's own client and worker, as they run in production, over its memory store. */
export function durable<S extends Services, Input>(
  options: DurableOptions<S, Input>,
): Pattern & { readonly options: DurableOptions<S, Input> } {
  const { signals = [] } = options;
  return {
    options,
    name: 'durable',
    subject: 'code',
    title: "the reference engine's own worker code",
    oneCommit: true,
    assumes: ['what the store has acknowledged is kept', ...sendersInWords(signals)],
    projections: ['lease tokens, claims and owners', 'recorded times', 'attempts that failed, after their record'],
    resources() {
      const store = new StoreResource();
      const senders = new SignalSenders(store, options.start.id, signals);
      return [store, new Browser(), ...(signals.length > 0 ? [senders] : [])];
    },
    senders: ([, , senders]) => (senders as SignalSenders | undefined) ?? NOBODY,
    start({ life, surroundings, services }, [store, browser, senders]) {
      const bounded = boundedStore((store as StoreResource).store, life);
      const client = new Client({ store: bounded, clock: life.clock, ids: () => surroundings.freshId() });
      const worker = new Worker({
        store: bounded,
        workflows: [options.workflow as Workflow],
        activities: atWork(options.activities(services as ServiceClients<S>), life),
        id: surroundings.freshId(),
        clock: life.clock,
        leaseMs: LEASE_MS,
        pollMs: Infinity, // It is told of what others send to this store.
        report: (error) => life.note(`the worker reports ${error.code}: ${error.message}`),
      });
      (senders as SignalSenders | undefined)?.tell(life, worker);
      void (async () => {
        while (!(browser as Browser).part.answered) {
          life.note('the request comes in');
          try {
            await client.start(options.workflow, { ...options.start, onConflict: 'use-existing' });
            await (browser as Browser).answer(life);
          } catch (error) {
            life.note(`the request fails: ${String(error)}`);
            await new Promise<void>((resolve) => void life.clock.at(life.now + ASKS_AGAIN_MS, resolve));
          }
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

/** The activities, each at work while its body runs. The workflow holds nothing that its history does not. */
function atWork(activities: object, life: Life): object {
  return new Proxy(activities, {
    get(target, name) {
      const body: unknown = Reflect.get(target, name);
      if (typeof body !== 'function') return body;
      return (...args: unknown[]) => life.during((async () => Reflect.apply(body, target, args) as unknown)());
    },
  });
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

  // As lists and texts: this is made for every state that a step leaves.
  view({ executions }: MemoryState): unknown {
    return Object.values(executions).flatMap((entry) => {
      const { id, status, problem, wakeAt, leaseUntil } = entry.execution;
      return [
        new JsonText([id, status, problem]),
        wakeAt === null ? null : new Deadline(wakeAt),
        leaseUntil === null ? null : new Deadline(leaseUntil),
        new Chain(entry, withoutTimes),
        ...pendingTimes(entry),
      ];
    });
  }

  dropped({ executions }: MemoryState): unknown {
    return Object.values(executions).flatMap((entry) => {
      const { claims, leaseToken, leaseOwner, createdAt } = entry.execution;
      const last = new Deadline(entry.items[entry.length - 1]!.at);
      return [claims, leaseToken, leaseOwner, new Deadline(createdAt), new Chain(entry, timeSince), last];
    });
  }
}

// How often an attempt has failed matters while it is open, and is among what is pending then; the workflow never sees it.
function withoutTimes(event: HistoryEvent): unknown {
  if (event.type === 'attempt-failed') return undefined;
  return new JsonText({ ...event, at: undefined, attempt: undefined });
}

function timeSince(event: HistoryEvent, previous: HistoryEvent | undefined): unknown {
  const since = previous === undefined ? null : event.at - previous.at;
  return event.type === 'attempt-failed' ? [since, event.seq, event.attempt, event.failure.message] : since;
}

/** Every timer and every retry that is still to come, not only the earliest: which of them are past decides what happens. */
function pendingTimes(entry: Entry): unknown[] {
  const { timers, activities } = progressOf(entry);
  const times: unknown[] = [];
  for (const { seq, dueAt } of timers) times.push(seq, new Deadline(dueAt));
  for (const open of activities) times.push(-open.command.seq, attemptThatMatters(open), new Deadline(open.notBefore));
  return times;
}

// Beyond the longest wait the number of an attempt changes nothing any more, unless there is a last one.
function attemptThatMatters({ command, attempt }: OpenActivity): number {
  const { retry = {} } = command.options;
  if (retry.maximumAttempts !== undefined) return attempt;
  const failure = { name: '', message: '' };
  let number = attempt;
  while (number > 1 && retryDelayMs(retry, number, failure) === retryDelayMs(retry, number - 1, failure)) number -= 1;
  return number;
}

/** Of each list of events, how far it was read last. */
const standings = new WeakMap<History, { length: number; readonly progress: Progress }>();

// Mostly asked of longer and longer ones.
function progressOf(entry: Entry): Progress {
  const { items, length } = entry;
  let known = standings.get(items);
  if (!known || known.length > length) {
    known = { length: 0, progress: new Progress([]) };
    standings.set(items, known);
  }
  known.progress.add(entry.slice(known.length, length));
  known.length = length;
  return known.progress;
}
